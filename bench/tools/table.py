#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Turns the results of the benchmarks into the table of promises, and into a chart.

    table.py <results.json> [--svg <file>]

The results are Google Benchmark's JSON of several repetitions in random order. Times are processor
time: the least and the median of the repetitions. Promises are judged by the least ones, since a
busy machine only ever adds. The exit code tells nothing about promises: a benchmark is no test.
"""

import argparse
import html
import json
import statistics
import sys

UNITS = {"ns": 1, "us": 10**3, "ms": 10**6, "s": 10**9}
PEERS = ("openssl", "libjwt", "cjose", "cpp-jwt")


class Row:
    """The repetitions of one benchmark, in nanoseconds."""

    def __init__(self, name, runs):
        self.name = name
        self.operation, self.algorithm, self.subject = name.split("/")
        times = [run["cpu_time"] * UNITS[run["time_unit"]] for run in runs]
        self.least, self.median = min(times), statistics.median(times)
        self.allocs = min(run["allocs"] for run in runs)

    @property
    def spread(self):
        return self.median - self.least


def read(path):
    with open(path, encoding="utf-8") as file:
        results = json.load(file)
    runs = {}
    for run in results["benchmarks"]:
        if run["run_type"] == "iteration":
            runs.setdefault(run["run_name"], []).append(run)
    if not runs:
        sys.exit(f"{path} has no repetitions, only aggregates")
    return results["context"], {name: Row(name, of) for name, of in runs.items()}


# The promises; the names of rows, and what holds between them.


def alone(name, limit):
    """A row takes no longer than this."""
    def judge(rows):
        row = rows[name]
        return f"{micro(row.least)}", verdict(row.least <= limit, row.least - row.spread <= limit)
    return (name,), judge


def no_allocation(name):
    def judge(rows):
        return f"{rows[name].allocs:g}", verdict(rows[name].allocs == 0)
    return (name,), judge


def ratio(whole, raw, limit):
    """A row takes at most so many times as long as another."""
    def judge(rows):
        found = rows[whole].least / rows[raw].least
        within_noise = rows[whole].least <= limit * rows[raw].median
        return f"{found:.2f}", verdict(found <= limit, within_noise)
    return (whole, raw), judge


def beside(whole, raw, limit):
    """A row takes at most so much longer than another."""
    def judge(rows):
        found = rows[whole].least - rows[raw].least
        noise = rows[whole].spread + rows[raw].spread
        return f"{found / 1000:+.2f} µs", verdict(found <= limit, found - noise <= limit)
    return (whole, raw), judge


def verdict(kept, kept_within_noise=False):
    return "kept" if kept else "not told from noise" if kept_within_noise else "missed"


def whole_and_raw(operation, algorithm, backend, judge, limit):
    return judge(f"{operation}_token/{algorithm}/mcx-{backend}",
                 f"{operation}_raw/{algorithm}/{backend}", limit)


PROMISES = [
    ("parse + validate, no cryptography", "≤ 0.6 µs", alone("parse_only/-/mcx", 600)),
    ("heap allocations of it", "0", no_allocation("parse_only/-/mcx")),
    ("HS256 verified, whole / raw Botan", "≤ 2.0",
     whole_and_raw("verify", "HS256", "botan", ratio, 2.0)),
    ("RS256 verified, whole / raw Botan", "≤ 1.05",
     whole_and_raw("verify", "RS256", "botan", ratio, 1.05)),
    ("PS256 verified, whole / raw Botan", "≤ 1.05",
     whole_and_raw("verify", "PS256", "botan", ratio, 1.05)),
    ("EdDSA verified, whole / raw libsodium", "≤ 1.03",
     whole_and_raw("verify", "EdDSA", "sodium", ratio, 1.03)),
    ("heap allocations of it", "0", no_allocation("verify_token/EdDSA/mcx-sodium")),
    ("EdDSA verified by the native backend / raw libsodium", "≤ 1/3",
     ratio("verify_token/EdDSA/mcx-native", "verify_raw/EdDSA/sodium", 1 / 3)),
    ("ES256 verified by the native backend / raw OpenSSL", "≤ 1/4",
     ratio("verify_token/ES256/mcx-native", "verify_raw/ES256/openssl", 1 / 4)),
    ("HS256 signed, whole", "≤ 1.1 µs", alone("sign_token/HS256/mcx-botan", 1100)),
    *((f"{algorithm} signed, beside raw {backend}", "≤ +0.6 µs",
       whole_and_raw("sign", algorithm, backend, beside, 600))
      for algorithm, backend in (("EdDSA", "sodium"), ("ES256", "botan"), ("RS256", "botan"))),
]


def micro(nanoseconds):
    value = nanoseconds / 1000
    digits = 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:.{digits}f} µs"


def table(head, rows):
    """A table in Markdown that can also be read as it is."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    def line(cells):
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths)) + " |"
    yield line(head)
    yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    for row in rows:
        yield line(row)


def promises(rows):
    for what, promised, (names, judge) in PROMISES:
        lacking = [name for name in names if name not in rows]
        found, said = ("-", f"no row {lacking[0]}") if lacking else judge(rows)
        yield (what, promised, found, said)


def report(context, rows):
    yield f"{context['date'][:10]}, {context['mhz_per_cpu']} MHz"
    yield "; ".join(f"{peer}: {context[peer]}" for peer in PEERS if peer in context)
    yield ""
    yield from table(("what", "promise", "measured", "verdict"), list(promises(rows)))
    yield ""
    yield from table(("row", "least", "median", "allocs"),
                     [(row.name, micro(row.least), micro(row.median), f"{row.allocs:.0f}")
                      for _, row in sorted(rows.items())])


# The chart: one panel an algorithm, one bar a subject.

COLOURS = {"mcx": "#1f5fa8", "raw": "#9aa5b1", "peer": "#d08a2e"}
MEANINGS = {"mcx": "mcx, text to validated claims", "raw": "the primitive alone",
            "peer": "other libraries, text to checked claims"}
WIDTH, LABELS, BAR, GAP = 860, 190, 18, 6


def kind_of(row):
    if row.operation == "verify_raw":
        return "raw"
    return "mcx" if row.subject.startswith("mcx") else "peer"


def panel(rows, scale, top):
    """The bars of one algorithm, shortest first; returns them and where they end."""
    parts = []
    for row in sorted(rows, key=lambda row: row.least):
        length = max(1.0, row.least * scale)
        said = f"{micro(row.least)}, {row.allocs:.0f} allocations"
        middle = top + BAR * 0.72
        parts += [
            f'<text x="{LABELS - 8}" y="{middle:.1f}" text-anchor="end">'
            f"{html.escape(row.subject)}</text>",
            f'<rect x="{LABELS}" y="{top}" width="{length:.1f}" height="{BAR}" '
            f'fill="{COLOURS[kind_of(row)]}"/>',
            f'<text x="{LABELS + length + 6:.1f}" y="{middle:.1f}" class="small">{said}</text>',
        ]
        top += BAR + GAP
    return parts, top


def chart(context, rows):
    shown = [row for row in rows.values() if row.operation in ("verify_token", "verify_raw")]
    if not shown:
        return ""
    scale = (WIDTH - LABELS - 170) / max(row.least for row in shown)
    parts = ['<text x="16" y="30" class="title">One token verified: shorter is better</text>']
    x = 16
    for kind, meaning in MEANINGS.items():
        parts += [f'<rect x="{x}" y="44" width="12" height="12" fill="{COLOURS[kind]}"/>',
                  f'<text x="{x + 18}" y="54" class="small">{meaning}</text>']
        x += 40 + 7 * len(meaning)
    top = 84
    for algorithm in sorted({row.algorithm for row in shown}):
        parts.append(f'<text x="16" y="{top}" class="panel">{algorithm}</text>')
        bars, top = panel([r for r in shown if r.algorithm == algorithm], scale, top + 10)
        parts += bars
        top += 26
    versions = "; ".join(f"{peer} {context[peer]}" for peer in PEERS
                         if context.get(peer, "absent") != "absent")
    parts.append(f'<text x="16" y="{top}" class="small">{html.escape(versions)}</text>')
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top + 16}" '
        f'viewBox="0 0 {WIDTH} {top + 16}" font-family="sans-serif" font-size="13">',
        "<style>.title{font-size:17px;font-weight:bold}.panel{font-size:14px;font-weight:bold}"
        ".small{font-size:12px;fill:#444}</style>",
        f'<rect width="{WIDTH}" height="{top + 16}" fill="#ffffff"/>', *parts, "</svg>", ""])


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results")
    parser.add_argument("--svg")
    options = parser.parse_args(arguments)
    context, rows = read(options.results)
    print("\n".join(report(context, rows)))
    drawn = chart(context, rows) if options.svg else ""
    if drawn:
        with open(options.svg, "w", encoding="utf-8") as file:
            file.write(drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

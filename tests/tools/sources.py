#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Lists what there is to build, for CMake and Meson alike.

    sources.py tests | compile_fail | fuzz | bench

One line per source: `<group> <path> <label>`. The group names what the source needs: none, sodium,
botan, both of these, xml, or all three. Paths are relative to the folder of the list.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
GROUPS = ("none", "sodium", "botan", "both", "xml", "all")
NEEDS = re.compile(r"^// needs: (sodium|botan|both|xml|all)\s*$", re.MULTILINE)


def listed(path):
    """The lines of a list file, without comments and blank lines."""
    if not path.exists():
        return []
    lines = (line.split("#")[0].strip() for line in path.read_text().splitlines())
    return [line for line in lines if line]


def headers():
    """Every public header, as `mcx/core/bytes.hpp`."""
    return listed(ROOT / "include" / "headers.txt")


def mirror(header):
    """The test of a header, relative to tests/."""
    return header.removeprefix("mcx/").removesuffix(".hpp") + ".cpp"


def group_of(path):
    """What a source needs, as its first lines or its place say."""
    stated = NEEDS.search(path.read_text()[:2000])
    if stated:
        return stated.group(1)
    if path.parent.name == "xml":
        return "xml"
    backend = path.stem.split("_")[0]
    return backend if path.parent.name == "backend" and backend in GROUPS else "none"


def label_of(path):
    """`vectors` where a test reads published vectors, else `unit`."""
    text = path.read_text()
    reads = "vectors" in path.parts or "MCX_VECTORS" in text or "support/vectors.hpp" in text
    return "vectors" if reads else "unit"


def grouped(folder, line):
    """One line of a list file: `[group] path`, the extension .cpp understood."""
    *group, name = line.split()
    path = folder / (name if name.endswith(".cpp") else name + ".cpp")
    return (group[0] if group else None, path)


def list_file(name, label=None):
    """The rows of a list file. What it names and nobody wrote is house.py's to report."""
    path = ROOT / name
    for group, source in (grouped(path.parent, line) for line in listed(path)):
        if source.exists():
            yield (group or group_of(source), source, label or label_of(source))


def tests():
    folder = ROOT / "tests"
    mirrored = (folder / mirror(h) for h in headers())
    for path in sorted(p for p in mirrored if p.exists()):
        yield (group_of(path), path, label_of(path))
    yield from list_file("tests/extra.txt")


def compile_fail():
    for path in sorted((ROOT / "tests" / "compile_fail").rglob("*.cpp")):
        if "controls" not in path.parts:
            yield (group_of(path), path, "compile_fail")


def missing():
    """Sources that a list names and that do not exist."""
    lists = ("tests/extra.txt", "fuzz/targets.txt", "bench/benchmarks.txt")
    named = (grouped((ROOT / name).parent, line)[1] for name in lists
             for line in listed(ROOT / name))
    return [path for path in named if not path.exists()]


LISTS = {
    "tests": ("tests", tests),
    "compile_fail": ("tests", compile_fail),
    "fuzz": ("fuzz", lambda: list_file("fuzz/targets.txt", "fuzz-replay")),
    "bench": ("bench", lambda: list_file("bench/benchmarks.txt", "bench")),
}


def main(arguments):
    if len(arguments) != 1 or arguments[0] not in LISTS:
        print(__doc__, file=sys.stderr)
        return 2
    folder, rows = LISTS[arguments[0]]
    for group, path, label in rows():
        if group not in GROUPS:
            print(f"{path}: no such group: {group}", file=sys.stderr)
            return 1
        print(group, path.relative_to(ROOT / folder), label)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

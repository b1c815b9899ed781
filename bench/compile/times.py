#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Shows what it costs to include the library, beside what was promised.

    times.py [compiler [repetitions]]

Processor time of the compiler, the least of the repetitions. The promises are for g++ 12 at 4 GHz.
"""

import os
import pathlib
import resource
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORE = sorted(p.relative_to(ROOT / "include") for p in (ROOT / "include/mcx/core").glob("*.hpp"))

# Verifies tokens of every algorithm, with both backends, and prints nothing.
VERIFIER = """
using crypto = mcx::first_of<mcx::sodium, mcx::botan>;
bool accept(std::string_view token, mcx::trust<crypto> const& issuers,
            mcx::workspace<crypto>& work) {
    return mcx::jwt::accept<mcx::idm::access_token_profile>(
               token, issuers, work, {.to = "https://mcptt.example"}, mcx::system_clock{})
        .has_value();
}
"""

UMBRELLA = "mcx/mcx.hpp"
BOTAN = "mcx/backend/botan.hpp"

# What is compiled: the headers, the code after them, the options and the promise in seconds.
CASES = [
    ("every header of core", CORE, "", ["-fsyntax-only"], 0.6),
    ("mcx.hpp", [UMBRELLA], "", ["-fsyntax-only"], 0.8),
    ("mcx.hpp, backend/botan.hpp", [UMBRELLA, BOTAN], "", ["-fsyntax-only"], 1.0),
    ("a verifier of all algorithms at -O2", [UMBRELLA, BOTAN, "mcx/backend/sodium.hpp"], VERIFIER,
     ["-O2", "-c"], 2.0),
]


def flags():
    """Where the libraries behind the backends are."""
    for botan in ("botan-3", "botan-2"):
        found = subprocess.run(["pkg-config", "--cflags", "libsodium", botan], text=True,
                               capture_output=True, check=False)
        if found.returncode == 0:
            return shlex.split(found.stdout)
    sys.exit("libsodium and Botan are needed, with pkg-config")


def seconds(command):
    """The processor time of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(arguments):
    compiler = arguments[0] if arguments else os.environ.get("CXX", "g++")
    repetitions = int(arguments[1]) if len(arguments) > 1 else 5
    found = flags()
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "case.cpp"
        for name, headers, code, options, promise in CASES:
            source.write_text("".join(f"#include <{h}>\n" for h in headers) + code)
            command = [compiler, "-std=c++20", *options, f"-I{ROOT / 'include'}", *found,
                       str(source), *(["-o", os.devnull] if "-c" in options else [])]
            least = min(seconds(command) for _ in range(repetitions))
            verdict = "kept" if least <= promise else "missed"
            print(f"{name:40} {least:5.2f} s   promise {promise:.1f} s   {verdict}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

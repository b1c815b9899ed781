#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles the C++ of the README, so that it stays true.

    snippets.py <compiler> [flag...]
    snippets.py --controls <compiler> [flag...]

A block ```cpp is a translation unit where it includes something. One that includes nothing goes on
where the block before it ended. A block of another tag is not looked at.
"""

import re
import subprocess
import sys

import sources

BLOCK = re.compile(r"^```cpp[ \t]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def units(markdown):
    """The translation units of a document."""
    made = []
    for block in BLOCK.findall(markdown):
        if "#include" in block or not made:
            made.append(block)
        else:
            made[-1] += block
    return made


def compiles(unit, command):
    run = subprocess.run([*command, "-fsyntax-only", "-x", "c++", "-"], input=unit,
                         capture_output=True, text=True)
    if run.returncode:
        print(unit, run.stderr, sep="\n")
    return run.returncode == 0


def controls(command):
    fence = "```"
    good = f"{fence}cpp\n#include <cstddef>\nstd::size_t f();\n{fence}\n"
    more = f"and\n{fence}cpp\nauto x = f();\n{fence}\n{fence}sh\nls\n{fence}\n"
    bad = f"{fence}cpp\n#include <cstddef>\nstd::size_t x = undeclared;\n{fence}\n"
    right = (len(units(good + more)) == 1 and all(compiles(u, command) for u in units(good + more))
             and not any(compiles(u, command) for u in units(bad)) and len(units(bad + good)) == 2)
    return 0 if right else 1


def main(arguments):
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    if arguments[0] == "--controls":
        return controls(arguments[1:])
    readme = sources.ROOT / "README.md"
    found = units(readme.read_text()) if readme.exists() else []
    failed = [unit for unit in found if not compiles(unit, arguments)]
    print(f"{len(found)} translation units, {len(failed)} do not compile")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

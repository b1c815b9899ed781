#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Proves that a misuse does not compile, and for the reason stated.

    check.py <case.cpp> <compiler> [flag...]
    check.py --controls <compiler> [flag...]

A case is compiled twice: as it is, where it has to compile, and with MUST_NOT_COMPILE defined,
where it has to fail with a message that matches the expression of its line `// error: <regex>`.
Only the lines of the compiler's own messages count, not the source that it quotes.
"""

import os
import pathlib
import re
import subprocess
import sys

EXPECTED = re.compile(r"^// error: (.+)$", re.MULTILINE)
MESSAGE = re.compile(r"\b(error|note): ")


def compile_once(case, command, *more):
    run = subprocess.run([*command, "-fsyntax-only", *more, str(case)], capture_output=True,
                         text=True, env={**os.environ, "LC_ALL": "C"})
    return run.returncode == 0, run.stderr


def fault(case, command):
    """What is wrong with a case, or nothing."""
    expected = EXPECTED.findall(case.read_text())
    if len(expected) != 1:
        return "it needs exactly one line `// error: <regex>`"
    compiles, output = compile_once(case, command)
    if not compiles:
        return f"it does not compile without the forbidden lines either:\n{output}"
    compiles, output = compile_once(case, command, "-DMUST_NOT_COMPILE")
    if compiles:
        return "it compiles with the forbidden lines"
    messages = [line for line in output.splitlines() if MESSAGE.search(line)]
    if not any(re.search(expected[0], line) for line in messages):
        return f"it fails for another reason than /{expected[0]}/:\n{output}"
    return None


def controls(command):
    """Each control is wrong in one way, named in its line `// fault: <words>`: all are caught."""
    folder = pathlib.Path(__file__).parent / "controls"
    silent = 0
    for case in sorted(folder.glob("*.cpp")):
        words = re.search(r"^// fault: (.+)$", case.read_text(), re.MULTILINE).group(1)
        found = fault(case, command)
        caught = found is not None and words in found
        print(f"{'caught' if caught else 'MISSED'}: {case.name}")
        silent += not caught
    return silent


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    if arguments[0] == "--controls":
        return controls(arguments[1:])
    found = fault(pathlib.Path(arguments[0]), arguments[1:])
    if found:
        print(f"{arguments[0]}: {found}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

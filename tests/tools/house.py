#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks the rules of the house that a script can check; CONTRIBUTING.md names them.

    house.py             checks the tree
    house.py --controls  plants faults, each of which has to be reported
"""

import re
import sys

import sources

SPDX = "SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception"
CODE = (".hpp", ".cpp", ".py", ".cmake", ".sh")
CODE_NAMES = ("CMakeLists.txt", "meson.build", "meson_options.txt", "run")
NOT_OURS = (".git", "build")
BRACED = re.compile(r'(?<![\w:])(?!std::)(?:\w+::)+\w+\{(?:"[^"]*"|\d+(?:s|h|min))\}')
HEADER_LINES = 350
COLUMNS = 100
MARKS = r"\b(TO" r"DO|FIX" r"ME)\b"


def guard_of(path):
    """MCX_CORE_BYTES_HPP for include/mcx/core/bytes.hpp, MCX_TESTS_… for a support header."""
    name = re.sub(r"^include/mcx/", "mcx/", path)
    name = name if name.startswith("mcx/") else "mcx/" + name
    return re.sub(r"[^A-Za-z0-9]", "_", name).upper()


def guard_faults(path, text):
    guard = guard_of(path)
    lines = [line for line in text.splitlines() if line.startswith("#")]
    if lines[:2] != [f"#ifndef {guard}", f"#define {guard}"] or lines[-1] != "#endif":
        yield f"[guard] {path}: the include guard is not {guard}"
    if "#pragma once" in text:
        yield f"[pragma] {path}: #pragma once"
    if path.startswith("include/"):
        for name in re.findall(r"^\s*#\s*(?:define|undef)\s+(\w+)", text, re.MULTILINE):
            if name != guard:
                yield f"[no-macro] {path}: macro {name}"
        if len(text.splitlines()) > HEADER_LINES:
            yield f"[size] {path}: more than {HEADER_LINES} lines"


def file_faults(path, text):
    if SPDX not in "\n".join(text.splitlines()[:2]):
        yield f"[spdx] {path}: no SPDX line at the top"
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > COLUMNS:
            yield f"[columns] {path}:{number}: {len(line)} columns"
        if line != line.rstrip():
            yield f"[blank] {path}:{number}: blank at the end of the line"
        if re.search(MARKS, line):
            yield f"[no-marks] {path}:{number}: a mark left in the code"
        if path.endswith(".cpp") and BRACED.search(line):
            yield f"[parentheses] {path}:{number}: a consteval temporary in braces"
    if not text.endswith("\n"):
        yield f"[blank] {path}: the last line has no end"
    if path.endswith(".hpp"):
        yield from guard_faults(path, text)


def test_faults(header, test, text):
    """A test mirrors a header, and includes it first."""
    if text is None:
        yield f"[mirror] include/{header}: no test tests/{test}"
        return
    first = re.search(r'^#include [<"]([^>"]+)[>"]', text, re.MULTILINE)
    if not first or first.group(1) != header:
        yield f"[own-header-first] tests/{test}: the first include is not <{header}>"


def list_faults(listed, present):
    for header in sorted(present - set(listed)):
        yield f"[announce] {header}: not in include/headers.txt"
    for header in sorted(set(listed) - present):
        yield f"[announce] {header}: in include/headers.txt, but there is no such file"
    if listed != sorted(set(listed)):
        yield "[announce] include/headers.txt is not sorted, or says something twice"


def tree_files():
    """The files of the project that a person wrote."""
    for path in sorted(sources.ROOT.rglob("*")):
        name = path.relative_to(sources.ROOT)
        if name.parts[0] not in NOT_OURS and path.is_file() and (
                path.suffix in CODE or path.name in CODE_NAMES):
            yield str(name), path.read_text()


def tree_faults(rule):
    if rule in ("", "files"):
        for name, text in tree_files():
            yield from file_faults(name, text)
    if rule in ("", "headers"):
        include = sources.ROOT / "include"
        present = {str(p.relative_to(include)) for p in include.rglob("*.hpp")}
        yield from list_faults(sources.headers(), present)
    if rule in ("", "tests"):
        for header in sources.headers():
            path = sources.ROOT / "tests" / sources.mirror(header)
            text = path.read_text() if path.exists() else None
            yield from test_faults(header, sources.mirror(header), text)
        for path in sources.missing():
            yield f"[mirror] {path.relative_to(sources.ROOT)}: listed, but there is no such file"


HEADER = f"// {SPDX}\n#ifndef MCX_CORE_X_HPP\n#define MCX_CORE_X_HPP\n%s#endif\n"
X = "include/mcx/core/x.hpp"
CONTROLS = [
    (None, file_faults(X, HEADER % "")),
    ("[guard]", file_faults("tests/core/x.hpp", HEADER % "")),
    ("[pragma]", file_faults(X, HEADER % "#pragma once\n")),
    ("[no-macro]", file_faults(X, HEADER % "#define SMALL 1\n")),
    ("[no-macro]", file_faults(X, HEADER % "#undef SMALL\n")),
    ("[size]", file_faults(X, HEADER % ("int x;\n" * HEADER_LINES))),
    ("[spdx]", file_faults("tests/core/x.cpp", "int x;\n")),
    ("[columns]", file_faults(X, HEADER % ("// " + "x" * COLUMNS + "\n"))),
    ("[blank]", file_faults(X, HEADER % "int x; \n")),
    ("[no-marks]", file_faults(X, HEADER % ("// TO" "DO: later\n"))),
    ("[parentheses]", file_faults("tests/x.cpp", f'// {SPDX}\nauto x = mcx::subject{{"x"}};\n')),
    (None, file_faults("tests/x.cpp", f'// {SPDX}\nauto x = std::string{{"x"}};\n')),
    (None, test_faults("mcx/core/x.hpp", "core/x.cpp", "#include <mcx/core/x.hpp>\n")),
    ("[mirror]", test_faults("mcx/core/x.hpp", "core/x.cpp", None)),
    ("[own-header-first]", test_faults("mcx/core/x.hpp", "core/x.cpp", "#include <span>\n")),
    (None, list_faults(["a", "b"], {"a", "b"})),
    ("[announce]", list_faults(["a"], {"a", "b"})),
    ("[announce]", list_faults(["a", "b"], {"a"})),
    ("[announce]", list_faults(["b", "a"], {"a", "b"})),
]


def controls():
    wrong = 0
    for number, (rule, found) in enumerate(CONTROLS):
        rules = {fault.split(" ")[0] for fault in found}
        if rules != ({rule} if rule else set()):
            print(f"control {number} gives {sorted(rules)} instead of {rule}")
            wrong += 1
    return wrong


def main(arguments):
    if arguments == ["--controls"]:
        return 1 if controls() else 0
    found = list(tree_faults(arguments[0] if arguments else ""))
    print("\n".join(found) or "nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

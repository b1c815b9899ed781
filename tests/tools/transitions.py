#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Draws the client's steps from the table in mcx/role/transitions.hpp, in the language of mermaid.

    transitions.py             prints the diagram
    transitions.py --check     compares it with the one in the README
    transitions.py --controls  plants differences, each of which has to be noticed
"""

import re
import sys

import sources

TABLE = sources.ROOT / "include" / "mcx" / "role" / "transitions.hpp"
ROW = re.compile(r'\{step::(\w+),\s*event::(\w+),\s*step::(\w+),\s*"([^"]*)"\}')
BLOCK = re.compile(r"^```mermaid\nstateDiagram-v2\n.*?^```", re.MULTILINE | re.DOTALL)
WORDS = {"log_in": "log in", "security_token": "security token", "access_token": "access token"}


def diagram(text):
    """The steps that lead somewhere else; what leads to the same place stands on one arrow."""
    arrows = {}
    for source, event, target, clause in ROW.findall(text):
        if source != target:
            arrows.setdefault((source, target), []).append(f"{WORDS.get(event, event)} ({clause})")
    lines = ["stateDiagram-v2", "    direction LR"]
    for (source, target), events in arrows.items():
        start = "[*]" if source == "away" else source
        lines.append(f"    {start} --> {target}: {', '.join(events)}")
    return "\n".join(lines)


def agrees(readme, text):
    found = BLOCK.findall(readme)
    return found == [f"```mermaid\n{diagram(text)}\n```"]


def controls():
    table = ('{step::away, event::log_in, step::home,\n "B.4"},'
             '{step::home, event::b, step::home, "x"}')
    drawn = f"```mermaid\n{diagram(table)}\n```"
    right = (agrees(f"a\n{drawn}\nb\n", table) and not agrees(drawn.replace("B.4", "B.5"), table)
             and not agrees("", table) and not agrees(drawn + "\n" + drawn, table)
             and "    [*] --> home: log in (B.4)" in drawn and "home --> home" not in drawn)
    return 0 if right else 1


def main(arguments):
    if arguments == ["--controls"]:
        return controls()
    text = TABLE.read_text()
    if arguments == ["--check"]:
        if agrees((sources.ROOT / "README.md").read_text(), text):
            return 0
        print("the README's diagram is not that of mcx/role/transitions.hpp:")
        print(diagram(text))
        return 1
    print(diagram(text))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks which header includes which: every folder is a floor, and looks down only.

    floors.py             checks include/
    floors.py --controls  plants edges that are forbidden, each of which has to be reported
"""

import re
import sys

import sources

BELOW_JWT = "core codec arith crypto jose"
BELOW_MC = f"{BELOW_JWT} jwt oauth grant idm kms"

# What a folder may include besides itself; a single header stands for itself alone.
MAY_INCLUDE = {
    "core": "",
    "codec": "core",
    "arith": "core",
    "crypto": "core arith",
    "jose": "core codec crypto",
    "oauth": "core codec crypto/digest.hpp",
    "kms": "core codec arith crypto/digest.hpp",
    "jwt": BELOW_JWT,
    "grant": f"{BELOW_JWT} jwt oauth",
    "idm": f"{BELOW_JWT} jwt oauth grant",
    "mc": BELOW_MC,
    "role": f"{BELOW_MC} mc",
    "backend": "core arith crypto",
    "xml": f"{BELOW_MC} mc",
    "mcx.hpp": f"{BELOW_MC} mc role version.hpp",
    "version.hpp": "",
}

# Headers that are not the standard library's, and the floors that may see them.
FOREIGN = {"backend": ("sodium.h", "botan/", "openssl/"), "xml": ("libxml/",)}

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


def floor(header):
    """`core` for mcx/core/bytes.hpp, `mcx.hpp` for mcx/mcx.hpp."""
    return header.split("/")[1]


def allowed(header, included):
    own = floor(header)
    if own not in MAY_INCLUDE:
        return False
    if not included.startswith("mcx/"):
        standard = re.fullmatch(r"[a-z_]+", included) is not None
        return standard or included.startswith(FOREIGN.get(own, ("\0",)))
    below = MAY_INCLUDE[own].split()
    return floor(included) in (own, *below) or included.removeprefix("mcx/") in below


def edges(files):
    """The pairs (header, included) of a mapping from headers to their text."""
    return [(header, included) for header, text in sorted(files.items())
            for included in INCLUDE.findall(text)]


def cycles(files):
    """The headers that reach themselves."""
    graph = {header: set() for header in files}
    for header, included in edges(files):
        if included in files:
            graph[header].add(included)
    for start in sorted(graph):
        reached, todo = set(), list(graph[start])
        while todo:
            header = todo.pop()
            if header not in reached:
                reached.add(header)
                todo += graph[header]
        if start in reached:
            yield start


def faults(files):
    for header, included in edges(files):
        if not allowed(header, included):
            yield f"{header} includes <{included}>: not below {floor(header)}"
        elif included.startswith("mcx/") and included not in files:
            yield f"{header} includes <{included}>: there is none"
    for header in cycles(files):
        yield f"{header} includes itself in the end"


CONTROLS = [
    ({"mcx/core/x.hpp": "#include <mcx/codec/y.hpp>", "mcx/codec/y.hpp": ""}, "mcx/codec/y.hpp"),
    ({"mcx/jwt/x.hpp": "#include <mcx/oauth/y.hpp>", "mcx/oauth/y.hpp": ""}, "not below jwt"),
    ({"mcx/idm/x.hpp": "#include <mcx/kms/y.hpp>", "mcx/kms/y.hpp": ""}, "not below idm"),
    ({"mcx/oauth/x.hpp": "#include <mcx/crypto/mac.hpp>", "mcx/crypto/mac.hpp": ""}, "mac.hpp"),
    ({"mcx/role/x.hpp": "#include <mcx/backend/y.hpp>", "mcx/backend/y.hpp": ""}, "backend"),
    ({"mcx/crypto/x.hpp": "#  include <sodium.h>"}, "sodium.h"),
    ({"mcx/core/x.hpp": "#include <mcx/core/y.hpp>"}, "there is none"),
    ({"mcx/new/x.hpp": "#include <span>"}, "not below new"),
    ({"mcx/core/x.hpp": '#include "mcx/core/y.hpp"',
      "mcx/core/y.hpp": "#include <mcx/core/x.hpp>"}, "includes itself"),
]


def controls():
    silent = [files for files, words in CONTROLS
              if not any(words in fault for fault in faults(files))]
    for files in silent:
        print(f"not reported: {files}")
    return len(silent)


def main(arguments):
    if arguments == ["--controls"]:
        return 1 if controls() else 0
    include = sources.ROOT / "include"
    files = {str(p.relative_to(include)): p.read_text() for p in include.rglob("*.hpp")}
    found = list(faults(files))
    print("\n".join(found) or f"{len(files)} headers, {len(edges(files))} edges")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

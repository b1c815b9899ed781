#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks docs/annex_b.md: every row of TS 33.180 Annex B has its type and its test.

    annex_b.py             checks the document
    annex_b.py --controls  plants faults in it, each of which has to be reported
"""

import collections
import re
import sys

import sources

DOCUMENT = sources.ROOT / "docs" / "annex_b.md"
MC_SCOPES = [f"3gpp:mc:{service}_{kind}" for service in ("ptt", "video", "data")
             for kind in ("service", "key_management_service", "config_management_service",
                          "group_management_service")]
REGISTERED = "iss sub aud exp iat"
IDENTITIES = "mcptt_id mcvideo_id mcdata_id"

# The wire names of each table, then the clauses that have rows of prose only.
TABLES = {
    "B.2.1.2-1": REGISTERED, "B.2.1.3-1": IDENTITIES,
    "B.2.2.2-1": "exp scope client_id", "B.2.2.3-1": IDENTITIES,
    "B.4.2.2-1": "response_type client_id scope redirect_uri state acr_values code_challenge "
                 "code_challenge_method 3gpp:acr:password " + " ".join(MC_SCOPES),
    "B.4.2.3": "code state",
    "B.4.2.4": "grant_type code client_id redirect_uri code_verifier",
    "B.4.2.5": "access_token token_type expires_in id_token refresh_token",
    "B.5": "grant_type refresh_token scope",
    "B.7.2-1": "grant_type resource subject_token subject_token_type",
    "B.7.3": "access_token issued_token_type token_type expires_in",
    "B.7.4-1": "grant_type assertion client_id scope",
    "B.7.5": "access_token token_type expires_in",
    "B.8-1": REGISTERED,
    "B.2.2.1": "", "B.3": "", "B.4.2.1": "", "B.6": "", "B.7.1": "", "B.9": "", "B.10": "",
    "B.11.1": "", "B.11.2": "", "B.11.3": "", "B.12": "", "B.13": "",
}

ROW = re.compile(r"^\| (B\.[\d.-]+) \| (.+?) \| \[`(.+?)`\]\((.+?)\) \| \[(.+)\]\(([^)]+)\) \|$")
CASE = re.compile(r'TEST_CASE\(\s*"((?:[^"\\]|\\.)*)"')


def text_of(path):
    return path.read_text() if path.is_file() else ""


def cases_in(path):
    """The names of a source's test cases, those that are written in two pieces too."""
    return CASE.findall(re.sub(r'"\s*\n\s*"', "", text_of(path)))


def faults(document):
    """What is wrong in the text of the document."""
    found = []
    seen = collections.defaultdict(set)
    for line in document.splitlines():
        if not line.startswith("| B."):
            continue
        row = ROW.match(line)
        if not row:
            found.append(f"no row: {line}")
            continue
        clause, subject, name, header, case, test = row.groups()
        seen[clause].add(subject)
        text = text_of((DOCUMENT.parent / header).resolve())
        lacks = [word for word in re.findall(r"\w+", name) if not re.search(rf"\b{word}\b", text)]
        if lacks:
            found.append(f"{clause} {subject}: {header} does not name {' '.join(lacks)}")
        if case not in cases_in((DOCUMENT.parent / test).resolve()):
            found.append(f"{clause} {subject}: {test} has no such test case")
    for clause, names in TABLES.items():
        missing = [name for name in names.split() if f"`{name}`" not in seen[clause]]
        if missing or not seen[clause]:
            found.append(f"{clause} lacks {' '.join(missing) or 'rows'}")
    found += [f"{clause} is no clause" for clause in seen if clause not in TABLES]
    return found


def controls():
    good = text_of(DOCUMENT)
    lines = good.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("| B.4.2.2-1 | `state`"))
    planted = {
        "a row is gone": lines[:at] + lines[at + 1:],
        "no such member": [line.replace(" state`]", " stately`]") for line in lines],
        "no such header": [line.replace("authorization.hpp", "authorisation.hpp")
                           for line in lines],
        "no such test": [line.replace("and no fault in it passes", "and all is well")
                         for line in lines],
        "no such clause": lines + [lines[at].replace("B.4.2.2-1", "B.14")],
        "half a row": lines[:at] + [lines[at][:40]] + lines[at + 1:],
    }
    missed = [fault for fault, made in planted.items() if not faults("\n".join(made))]
    for fault in missed:
        print(f"not reported: {fault}")
    return 1 if missed or faults(good) else 0


def main(arguments):
    if arguments == ["--controls"]:
        return controls()
    document = text_of(DOCUMENT)
    found = faults(document)
    print(*found, f"{document.count(chr(10) + '| B.')} rows", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks that mcx/mcx.hpp includes every header that is not opt-in; --write makes it so."""

import sys

import sources

UMBRELLA = sources.ROOT / "include" / "mcx" / "mcx.hpp"
OPT_IN_FOLDERS = ("mcx/backend/", "mcx/xml/")
OPT_IN = {"mcx/jose/pkcs8.hpp", "mcx/jose/private_der.hpp", "mcx/mcx.hpp"}

HEAD = """\
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_MCX_HPP
#define MCX_MCX_HPP

// Every floor of the library. Not here: the backends, XML, and the opt-in readers of private keys
// in DER and PEM. Written by tests/tools/umbrella.py --write.

"""


def wanted():
    """The text that the umbrella should have."""
    headers = [h for h in sources.headers() if h not in OPT_IN and not h.startswith(OPT_IN_FOLDERS)]
    return HEAD + "".join(f"#include <{h}>\n" for h in sorted(headers)) + "\n#endif\n"


def main(arguments):
    if arguments == ["--write"]:
        UMBRELLA.write_text(wanted())
    elif not UMBRELLA.exists() or UMBRELLA.read_text() != wanted():
        print("mcx.hpp and headers.txt disagree: run tests/tools/umbrella.py --write")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

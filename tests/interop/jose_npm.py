#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs jose_npm.js, in which npm's `jose` and the library exchange keys and tokens.

    jose_npm.py <peer program> <folder for the package> [tokens]

The package is taken from NODE_PATH, or from the folder. With MCX_INTEROP=all it is installed there,
in the version and with the digest that npm/package-lock.json states. Without Node or the package
the test is skipped, unless MCX_INTEROP=all; then it fails.
"""

import os
import pathlib
import shutil
import subprocess
import sys

SKIPPED = 77
HERE = pathlib.Path(__file__).resolve().parent
REQUIRED = os.environ.get("MCX_INTEROP") == "all"


def missing(what):
    print(f"{what} is not there: `jose` of npm and the library were not compared")
    return 1 if REQUIRED else SKIPPED


def install(folder):
    """Installs the package. npm checks its digest, and runs none of its scripts."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / "npm" / name, folder)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    return subprocess.run(command, cwd=folder, check=False).returncode == 0


def main(program, folder, *tokens):
    node = shutil.which("node") or shutil.which("nodejs")
    if not node:
        return missing("Node")
    folder = pathlib.Path(folder)
    paths = [os.environ.get("NODE_PATH", ""), str(folder / "node_modules")]
    environment = {**os.environ, "NODE_PATH": os.pathsep.join(filter(None, paths))}

    def is_there():
        return subprocess.run([node, "-e", "require('jose')"], env=environment, check=False,
                              cwd=HERE, stderr=subprocess.DEVNULL).returncode == 0

    if not is_there() and REQUIRED and not (shutil.which("npm") and install(folder)):
        return missing("npm, or what it should install,")
    if not is_there():
        return missing("the package `jose`")
    script = str(HERE / "jose_npm.js")
    return subprocess.run([node, script, program, *tokens], env=environment,
                          check=False).returncode


if __name__ == "__main__":
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(*sys.argv[1:]))

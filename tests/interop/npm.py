#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs a script in which a package of npm and the library are the two parties.

    npm.py <script> <package> <peer program> <folder for the packages> [argument...]

The package is taken from NODE_PATH, or from the folder. With MCX_INTEROP=all the packages are
installed there, in the versions and with the digests that npm/package-lock.json states. Without
Node or the package the test is skipped, unless MCX_INTEROP=all; then it fails.
"""

import os
import pathlib
import shutil
import subprocess
import sys

SKIPPED = 77
HERE = pathlib.Path(__file__).resolve().parent
REQUIRED = os.environ.get("MCX_INTEROP") == "all"


def missing(what, package):
    print(f"{what} is not there: `{package}` of npm and the library were not compared")
    return 1 if REQUIRED else SKIPPED


def install(folder):
    """Installs the packages. npm checks their digests, and runs none of their scripts."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / "npm" / name, folder)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    return subprocess.run(command, cwd=folder, check=False).returncode == 0


def main(script, package, program, folder, *arguments):
    node = shutil.which("node") or shutil.which("nodejs")
    if not node:
        return missing("Node", package)
    folder = pathlib.Path(folder)
    paths = [os.environ.get("NODE_PATH", ""), str(folder / "node_modules")]
    environment = {**os.environ, "NODE_PATH": os.pathsep.join(filter(None, paths))}

    def is_there():
        found = f"require.resolve('{package}'); require('jose')"
        return subprocess.run([node, "-e", found], env=environment, check=False, cwd=HERE,
                              stderr=subprocess.DEVNULL).returncode == 0

    if not is_there() and REQUIRED and not (shutil.which("npm") and install(folder)):
        return missing("npm, or what it should install,", package)
    if not is_there():
        return missing("the package", package)
    command = [node, str(HERE / script), program, *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    if len(sys.argv) < 5:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(*sys.argv[1:]))

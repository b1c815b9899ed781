#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Shows that no branch and no address depends on a secret, by valgrind's memcheck.

    secret_branches.py <program>

The program, tests/integration/secret_branches.cpp, marks its secrets as undefined. Memcheck has to
be silent about every case, and to report each case that is named planted. Without valgrind, or with
a program that was built without its header or with a sanitizer, the test is skipped.
"""

import shutil
import subprocess
import sys

SKIPPED = 77
REPORTED = 99


def skip(why):
    print(f"{why}: whether branches depend on secrets was not looked at")
    return SKIPPED


def uses_sanitizer(program):
    with open(program, "rb") as file:
        content = file.read()
    return any(name in content for name in (b"__asan_init", b"__msan_init", b"__tsan_init"))


def main(program):
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        return skip("valgrind is not there")
    if uses_sanitizer(program):
        return skip("the program has a sanitizer, with which valgrind does not run")
    listing = subprocess.run([program], capture_output=True, text=True, check=False)
    if listing.returncode == SKIPPED:
        return skip(f"the program was built {listing.stdout.strip()}")
    names = listing.stdout.split()
    faults = 0 if listing.returncode == 0 and names else 1
    for name in names:
        run = subprocess.run([valgrind, "--quiet", f"--error-exitcode={REPORTED}", program, name],
                             capture_output=True, text=True, check=False)
        planted = name.startswith("planted")
        good = run.returncode == (REPORTED if planted else 0)
        words = {0: "no branch or address depends on a secret", REPORTED: "reported"}
        print(f"{'good' if good else 'BAD'}: {name}: "
              f"{words.get(run.returncode, f'ended with {run.returncode}')}")
        if not good:
            print(run.stderr)
        faults += not good
    if not any(name.startswith("planted") for name in names):
        print("BAD: there is no control")
        faults += 1
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))

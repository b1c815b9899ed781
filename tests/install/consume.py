#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Installs the library and builds its consumers, each in its own way, and runs them.

    consume.py --build DIR --compiler CXX [--cmake CMAKE] [--backends a,b] <what>

<what> is one of
    tree              installs by CMake, for the others
    find_package      add_subdirectory      pkg_config      meson_subproject
    meson_tree        installs by Meson, and compares the two trees octet for octet
"""

import argparse
import filecmp
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def run(*command, **more):
    print("+", *command, flush=True)
    subprocess.run([str(word) for word in command], check=True, **more)


class Consumption:
    def __init__(self, options):
        self.compiler, self.cmake = options.compiler, options.cmake
        self.backends = [name for name in options.backends.split(",") if name]
        self.prefix = options.build / "prefix"
        self.folder = options.build / options.what
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        os.environ["CXX"] = self.compiler

    def configure(self, source, *definitions):
        debug = ("-D", "CMAKE_BUILD_TYPE=Debug")
        run(self.cmake, "-S", source, "-B", self.folder, *debug, *definitions)

    def build_and_run(self, source, *definitions):
        self.configure(source, "-D", "BACKENDS=" + ";".join(self.backends), *definitions)
        run(self.cmake, "--build", self.folder)
        self.run_consumer()

    def run_consumer(self):
        print("+", self.folder / "consumer", flush=True)
        used = subprocess.run([self.folder / "consumer"], check=True, stdout=subprocess.PIPE,
                              text=True).stdout.split()
        if used != self.backends:
            sys.exit(f"the consumer used {used} instead of {self.backends}")

    def tree(self):
        shutil.rmtree(self.prefix, ignore_errors=True)
        wanted = [f"MCX_{name.upper()}={'ON' if name in self.backends else 'OFF'}"
                  for name in ("sodium", "botan", "xml")]
        off = [f"MCX_BUILD_{name}=OFF" for name in ("TESTS", "BENCHMARKS", "EXAMPLES", "FUZZERS")]
        definitions = [f"CMAKE_INSTALL_PREFIX={self.prefix}", *wanted, *off]
        self.configure(ROOT, *(word for d in definitions for word in ("-D", d)))
        run(self.cmake, "--install", self.folder)
        check_version(self.prefix)

    def find_package(self):
        self.build_and_run(HERE / "find_package", "-D", f"CMAKE_PREFIX_PATH={self.prefix}")

    def add_subdirectory(self):
        self.build_and_run(HERE / "add_subdirectory", "-D", f"MCX={ROOT}")

    def pkg_config(self):
        os.environ["PKG_CONFIG_PATH"] = str(self.prefix / "share" / "pkgconfig")
        run("make", "-C", HERE / "pkg_config", f"OUT={self.folder / 'consumer'}",
            "BACKENDS=" + " ".join(self.backends))
        self.run_consumer()

    def meson_subproject(self):
        """A copy of the consumer, since Meson wants subprojects inside of the source folder."""
        source = self.folder / "source"
        shutil.copytree(HERE / "meson_subproject", source)
        shutil.copy(HERE / "main.cpp", source)
        (source / "subprojects").mkdir()
        (source / "subprojects" / "mcx").symlink_to(ROOT)
        run("meson", "setup", self.folder, source, "-Dbackends=" + ",".join(self.backends))
        run("meson", "compile", "-C", self.folder)
        self.run_consumer()

    def meson_tree(self):
        root = self.folder / "root"
        features = [f"-D{name}={'enabled' if name in self.backends else 'disabled'}"
                    for name in ("sodium", "botan", "xml")]
        off = [f"-D{name}=disabled" for name in ("tests", "benchmarks", "examples", "fuzzers")]
        run("meson", "setup", self.folder / "build", ROOT, "--prefix", self.prefix, *features, *off)
        run("meson", "install", "-C", self.folder / "build", "--destdir", root, "--quiet")
        compare(self.prefix, root / self.prefix.relative_to("/"))


def check_version(prefix):
    """What is installed states the version of version.hpp."""
    header = (prefix / "include" / "mcx" / "version.hpp").read_text()
    version = ".".join(re.findall(r" version_[a-z]+ = (\d+);", header))
    stated = {
        "version.hpp": re.fullmatch(r"\d+\.\d+\.\d+", version) is not None,
        "mcx.pc": f"\nVersion: {version}\n" in (prefix / "share/pkgconfig/mcx.pc").read_text(),
        "mcx-config-version.cmake": f'set(PACKAGE_VERSION "{version}")' in
        (prefix / "share/cmake/mcx/mcx-config-version.cmake").read_text(),
    }
    if not all(stated.values()):
        sys.exit(f"the version {version} is not stated everywhere: {stated}")


def files(tree):
    """What both builds install; the CMake package is CMake's own."""
    names = (path.relative_to(tree) for path in tree.rglob("*") if path.is_file())
    return {name for name in names if "cmake" not in name.parts}


def compare(left, right):
    differing = files(left) ^ files(right)
    _, changed, unread = filecmp.cmpfiles(left, right, files(left) & files(right), shallow=False)
    for name in [*differing, *changed, *unread]:
        print(f"the two trees differ: {name}")
    print(f"{len(files(left))} files compared")
    if differing or changed or unread or not files(left):
        sys.exit(1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--cmake", default="cmake")
    parser.add_argument("--backends", default="")
    parser.add_argument("what", choices=("tree", "find_package", "add_subdirectory", "pkg_config",
                                         "meson_subproject", "meson_tree"))
    options = parser.parse_args()
    options.build = options.build.resolve()
    getattr(Consumption(options), options.what)()


if __name__ == "__main__":
    main()

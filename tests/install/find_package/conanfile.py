# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The same consumer, as the test package of the Conan recipe."""

import os

from conan import ConanFile
from conan.tools.build import can_run
from conan.tools.cmake import CMake, CMakeToolchain, cmake_layout


class Consumer(ConanFile):
    settings = "os", "arch", "compiler", "build_type"
    generators = ("CMakeDeps",)

    def requirements(self):
        self.requires(self.tested_reference_str)

    def layout(self):
        cmake_layout(self, build_folder=os.path.join("..", "..", "..", "build", "conan"))

    def generate(self):
        options = self.dependencies["mcx"].options
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["BACKENDS"] = ";".join(
            name for name in ("sodium", "botan", "xml") if options.get_safe(name))
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def test(self):
        if can_run(self):
            self.run(os.path.join(self.cpp.build.bindir, "consumer"))

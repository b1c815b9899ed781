# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The recipe for Conan 2: run `conan create packaging/conan` in the root of the project."""

import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, load


class Mcx(ConanFile):
    name = "mcx"
    description = "Tokens and keys of 3GPP mission critical services (TS 33.180), header-only"
    license = "Apache-2.0 WITH LLVM-exception"
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"sodium": [True, False], "botan": [True, False], "xml": [True, False]}
    default_options = {"sodium": True, "botan": True, "xml": False}
    no_copy_source = True
    test_package_folder = os.path.join("..", "..", "tests", "install", "find_package")

    @property
    def _root(self):
        return os.path.join(self.recipe_folder, "..", "..")

    def set_version(self):
        header = load(self, os.path.join(self._root, "include", "mcx", "version.hpp"))
        self.version = ".".join(re.findall(r" version_[a-z]+ = (\d+);", header))

    def export_sources(self):
        copy(self, "LICENSE", self._root, self.export_sources_folder)
        copy(self, "include/*.hpp", self._root, self.export_sources_folder)

    def requirements(self):
        if self.options.sodium:
            self.requires("libsodium/[>=1.0.18]")
        if self.options.botan:
            self.requires("botan/[>=3.7]")
        if self.options.xml:
            self.requires("libxml2/[>=2.9]")

    def validate(self):
        check_min_cppstd(self, 20)

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        copy(self, "include/*.hpp", self.source_folder, self.package_folder)

    def package_id(self):
        self.info.clear()

    def package_info(self):
        self.cpp_info.bindirs = self.cpp_info.libdirs = []
        for name, needed in (("mcx", []), ("sodium", ["mcx", "libsodium::libsodium"]),
                             ("botan", ["mcx", "botan::botan"]),
                             ("xml", ["mcx", "libxml2::libxml2"])):
            if name == "mcx" or self.options.get_safe(name):
                component = self.cpp_info.components[name]
                component.set_property("cmake_target_name", f"mcx::{name}")
                component.set_property("pkg_config_name", name if name == "mcx" else f"mcx-{name}")
                component.requires = needed
                component.bindirs = component.libdirs = []

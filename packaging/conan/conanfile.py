# SPDX-License-Identifier: BSL-1.0
"""The recipe of ctgrad for Conan 2: `conan create packaging/conan`. It packs the headers of the repository that it lies in."""

import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, load
from conan.tools.layout import basic_layout


class CtgradConan(ConanFile):
    name = "ctgrad"
    description = "Compile-time gradients: losses whose type is the program"
    license = "BSL-1.0"
    topics = ("automatic-differentiation", "machine-learning", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    default_options = {"boost/*:header_only": True}
    no_copy_source = True

    @property
    def _repository(self):
        return os.path.join(self.recipe_folder, "..", "..")

    def set_version(self):
        header = load(self, os.path.join(self._repository, "include", "ctgrad", "version.hpp"))
        self.version = re.search(r'version = "([^"]*)"', header)[1]

    def export_sources(self):
        copy(self, "include/*.hpp", self._repository, self.export_sources_folder)
        copy(self, "LICENSE_1_0.txt", self._repository, self.export_sources_folder)

    def layout(self):
        basic_layout(self)

    def requirements(self):
        self.requires("boost/[>=1.74 <2]", transitive_headers=True)  # Hana

    def validate(self):
        check_min_cppstd(self, 20)

    def package(self):
        copy(self, "include/*.hpp", self.source_folder, self.package_folder)
        copy(self, "LICENSE_1_0.txt", self.source_folder, os.path.join(self.package_folder, "licenses"))

    def package_id(self):
        self.info.clear()

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        self.cpp_info.requires = ["boost::headers"]
        self.cpp_info.set_property("cmake_file_name", "ctgrad")
        self.cpp_info.set_property("cmake_target_name", "ctgrad::ctgrad")
        self.cpp_info.set_property("pkg_config_name", "ctgrad")

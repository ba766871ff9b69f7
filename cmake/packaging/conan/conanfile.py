# SPDX-License-Identifier: BSL-1.0
# Conan 2 recipe of the checkout it stands in: conan create cmake/packaging/conan
import os

from conan import ConanFile
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy


class Sifang(ConanFile):
    name = "sifang"
    version = "0.1.0"
    license = "BSL-1.0"
    description = "County petition work: domain model and simulation"
    package_type = "header-library"
    settings = "os", "compiler", "build_type", "arch"
    options = {"io": [True, False]}
    default_options = {"io": True, "boost/*:header_only": True}

    def export_sources(self):
        root = os.path.normpath(os.path.join(self.recipe_folder, "..", "..", ".."))
        copy(self, "LICENSE", root, self.export_sources_folder)
        copy(self, "CMakeLists.txt", root, self.export_sources_folder)
        copy(self, "*.hpp", os.path.join(root, "include"), os.path.join(self.export_sources_folder, "include"))
        copy(self, "*", os.path.join(root, "cmake"), os.path.join(self.export_sources_folder, "cmake"))

    def requirements(self):
        self.requires("boost/[>=1.74]")
        self.requires("range-v3/[>=0.12]")
        if self.options.io:
            self.requires("tomlplusplus/[>=3.3]")
            self.requires("nlohmann_json/[>=3.11]")

    def layout(self):
        cmake_layout(self)

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        for part in ("TESTS", "PROGRAM", "EXAMPLES", "BENCH"):
            toolchain.variables[f"SIFANG_BUILD_{part}"] = False
        toolchain.variables["SIFANG_INSTALL"] = True
        toolchain.generate()

    def build(self):
        CMake(self).configure()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        CMake(self).install()

    def package_id(self):
        self.info.clear()

    def package_info(self):
        # The package's own config file names the targets sifang::sifang and sifang::io.
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs.append(os.path.join("lib", "cmake", "sifang"))
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []

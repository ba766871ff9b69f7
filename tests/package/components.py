# SPDX-License-Identifier: BSL-1.0
"""What find_package(sifang) says where a component is not to be had: components.py PREFIX FOLDER CMAKE"""
import pathlib
import subprocess
import sys

prefix, folder, cmake = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
licence = list(prefix.glob("share/doc/sifang/LICENSE"))
assert licence and "Boost Software License" in licence[0].read_text(), "the licence was not installed"


def configure(name, wants, *options):
    """Whether a project that finds sifang with `wants` is configured, and what was printed, white space folded."""
    source = folder / name
    source.mkdir(parents=True, exist_ok=True)
    (source / "CMakeLists.txt").write_text(f"""cmake_minimum_required(VERSION 3.25)
project({name} LANGUAGES CXX)
find_package(sifang 0.1 CONFIG {wants})
message(STATUS "found: ${{sifang_FOUND}} io: ${{sifang_io_FOUND}}")
""")
    done = subprocess.run([cmake, "-S", str(source), "-B", str(source / "build"), f"-DCMAKE_PREFIX_PATH={prefix}", *options],
                          capture_output=True, text=True)
    return done.returncode == 0, " ".join((done.stdout + done.stderr).split())


without = "-DCMAKE_DISABLE_FIND_PACKAGE_tomlplusplus=ON"
for name, wants, options, right, said in [
    ("whole", "REQUIRED COMPONENTS io", [], True, "found: 1 io: TRUE"),
    ("library_alone", "REQUIRED", [without], True, "Component io (target sifang::io, the file formats) needs tomlplusplus: not found. sifang::sifang is there without it."),
    ("io_wanted", "REQUIRED COMPONENTS io", [without], False, "Component io (target sifang::io, the file formats) needs tomlplusplus: not found."),
    ("io_welcome", "OPTIONAL_COMPONENTS io", [without], True, "found: 1 io: FALSE"),
    ("engine_alone", "REQUIRED COMPONENTS engine", ["-DCMAKE_DISABLE_FIND_PACKAGE_Boost=ON", "-DCMAKE_DISABLE_FIND_PACKAGE_range-v3=ON"], True, "found: 1 io:"),
    ("office_without_libzip", "REQUIRED COMPONENTS io office", ["-DCMAKE_DISABLE_FIND_PACKAGE_libzip=ON"], False,
     "Component office (target sifang::office, files of office programs) needs component io, libzip, pugixml, libxlsxwriter, libical and SQLite"),
    ("misspelt", "REQUIRED COMPONENTS oi", [], False, "There is no component oi; components are engine, io, mpi and office, and sifang::sifang needs none."),
]:
    found, printed = configure(name, wants, *options)
    assert found == right and said in printed, f"{name}: expected {said!r}; found\n{printed}"
    assert "CMP0167" not in printed and "Policy" not in printed, printed
print("components are found, or it is said why not")

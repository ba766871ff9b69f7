# SPDX-License-Identifier: BSL-1.0
"""The recipes of package managers: well-formed, of the project's version, and naming what the library includes."""
import ast
import json
import pathlib
import sys

root, version = pathlib.Path(sys.argv[1]), sys.argv[2]
port = json.loads((root / "cmake/packaging/vcpkg/sifang/vcpkg.json").read_text())
assert port["version"] == version, "vcpkg.json has another version"
recipe = ast.parse((root / "cmake/packaging/conan/conanfile.py").read_text())
values = {t.id: n.value.value for c in recipe.body if isinstance(c, ast.ClassDef) for n in c.body
          if isinstance(n, ast.Assign) and isinstance(n.value, ast.Constant) for t in n.targets}
assert values["version"] == version, "conanfile.py has another version"
header = (root / "include/sifang/version.hpp").read_text()
major, minor, patch = version.split(".")
for line in (f"SIFANG_VERSION_MAJOR {major}", f"SIFANG_VERSION_MINOR {minor}", f"SIFANG_VERSION_PATCH {patch}", f'SIFANG_VERSION_TEXT "{version}"'):
    assert f"#define {line}\n" in header, f"version.hpp lacks: #define {line}"
needed = {"boost/": "boost-graph", "range/": "range-v3"}
house = root / "include/sifang"
text = "".join(p.read_text() for p in house.rglob("*.hpp") if "io" not in p.relative_to(house).parts)
required = [n.args[0].value.split("/")[0] for n in ast.walk(recipe) if isinstance(n, ast.Call) and getattr(n.func, "attr", "") == "requires"]
for folder, name in needed.items():
    assert f"#include <{folder}" in text, f"nothing includes {folder} any more: drop {name} from the recipes"
    assert name in port["dependencies"], f"vcpkg.json lacks {name}"
for name in ("boost", "range-v3", "tomlplusplus", "nlohmann_json"):
    assert name in required, f"conanfile.py lacks {name}"
print("recipes are in order")

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""recipes.py ROOT: fails unless the recipe of Conan and the port of vcpkg pack every header and the licence.

Neither program is needed: functions stand for theirs, so what is tested is what the files say, not what a new version makes of it.
"""

import fnmatch
import importlib.util
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import types

sys.dont_write_bytecode = True
root = pathlib.Path(sys.argv[1]).resolve()
HEADERS = {str(f.relative_to(root)) for f in (root / "include").rglob("*.hpp")}


def copy(_, pattern, src, dst):
    """What conan.tools.files.copy does: the pattern is compared with paths from src."""
    for file in pathlib.Path(src).rglob("*"):
        path = file.relative_to(src)
        if file.is_file() and fnmatch.fnmatch(str(path), pattern):
            target = pathlib.Path(dst) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)


def stub(name, **members):
    module = types.ModuleType(name)
    vars(module).update(members)
    sys.modules[name] = module


def recipe(path):
    nothing = lambda *_, **__: None  # noqa: E731
    stub("conan", ConanFile=type("ConanFile", (), {}))
    stub("conan.tools")
    stub("conan.tools.build", check_min_cppstd=nothing, can_run=nothing)
    stub("conan.tools.cmake", CMake=nothing, cmake_layout=nothing)
    stub("conan.tools.files", copy=copy, load=lambda _, file: pathlib.Path(file).read_text(encoding="utf-8"))
    stub("conan.tools.layout", basic_layout=nothing)
    spec = importlib.util.spec_from_file_location(path.parent.name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def files_in(folder):
    return {str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()}


def difference(what, expected, found):
    for file in sorted(expected - found)[:5]:
        yield f"{what} leaves out {file}"
    for file in sorted(found - expected)[:5]:
        yield f"{what} packs {file}"


def of_conan(folder):
    recipe(root / "packaging/conan/test_package/conanfile.py")
    packer = recipe(root / "packaging/conan/conanfile.py").CtgradConan()
    packer.recipe_folder = str(root / "packaging/conan")
    packer.export_sources_folder = packer.source_folder = str(folder / "sources")
    packer.package_folder = str(folder / "package")
    packer.set_version()
    packer.export_sources()
    packer.package()
    yield from difference("Conan's recipe", HEADERS | {"licenses/LICENSE_1_0.txt"}, files_in(folder / "package"))
    if f'version = "{packer.version}"' not in (root / "include/ctgrad/version.hpp").read_text(encoding="utf-8"):
        yield f"Conan's recipe says version {packer.version}"


def of_vcpkg(folder):
    manifest = json.loads((root / "packaging/vcpkg/vcpkg.json").read_text(encoding="utf-8"))
    if "boost-hana" not in manifest["dependencies"]:
        yield "vcpkg.json does not depend on boost-hana"
    if not shutil.which("cmake") or not shutil.which("ninja"):
        print("left out: the port of vcpkg needs cmake and ninja (tools/setup test)")
        return
    stubs = root / "test/packages/vcpkg_stubs.cmake"
    done = subprocess.run(["cmake", f"-DROOT={root}", f"-DFOLDER={folder}", "-P", str(stubs)], text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode != 0 or "CMake Warning" in done.stdout:
        yield f"the port of vcpkg fails:\n{done.stdout}"
        return
    beside = {"copyright", "usage", "ctgradConfig.cmake", "ctgradConfigVersion.cmake", "ctgradTargets.cmake"}
    yield from difference("the port of vcpkg", HEADERS | {f"share/ctgrad/{name}" for name in beside}, files_in(folder / "packages"))


wrong = []
for check in of_conan, of_vcpkg:
    with tempfile.TemporaryDirectory() as name:
        wrong += check(pathlib.Path(name))
print("\n".join(wrong) or f"recipes of Conan and vcpkg pack {len(HEADERS)} headers and the licence")
sys.exit(1 if wrong else 0)

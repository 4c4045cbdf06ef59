#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""check.py ROOT COMPILER...

Builds test/packages/main.cpp as a program of a user that gets ctgrad in each way of docs/how_to/embed.md, and compares what it prints.
Everything happens in a temporary folder. What is not installed is left out, and said; the exit status is then 77, "skipped" for Meson.
"""

import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

root, compiler = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
here = root / "test" / "packages"
VERSION = re.search(r'version = "([^"]*)"', (root / "include/ctgrad/version.hpp").read_text(encoding="utf-8"))[1]
RELEASED = ["CMakeLists.txt", "LICENSE_1_0.txt", "include", "meson.build", "meson_options.txt", "packaging"]


class Failed(Exception):
    pass


def run(*command, **options):
    """What the command prints; a Failed with it where that is no success, or a warning of CMake."""
    done = subprocess.run(list(map(str, command)), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300,
                          env={**os.environ, "CXX": " ".join(compiler), "CXXFLAGS": "", "LC_ALL": "C", **options})
    if done.returncode != 0 or "CMake Warning" in done.stdout:
        raise Failed(f"{' '.join(map(str, command))}\n{done.stdout[:4000]}")
    return done.stdout


def archive(folder):
    """A release as others fetch it: folder ctgrad-<version> in an archive."""
    file = folder / f"ctgrad-{VERSION}.tar.gz"
    if not file.exists():
        with tarfile.open(file, "w:gz", compresslevel=1) as tar:
            for name in RELEASED:
                tar.add(root / name, f"ctgrad-{VERSION}/{name}")
    return file


def project(folder, build_file):
    """A copy of the program, with a build file."""
    folder.mkdir()
    shutil.copy(here / "main.cpp", folder)
    shutil.copy(here / build_file, folder)
    return folder


def cmake(folder, way, *options):
    run("cmake", "-G", "Ninja", "-S", folder, "-B", folder / "build", f"-DWAY={way}", *options)
    run("cmake", "--build", folder / "build")
    return run(folder / "build" / "app")


def add_subdirectory(folder):
    user = project(folder / "add_subdirectory", "cmake/CMakeLists.txt")
    (user / "third_party").mkdir()
    (user / "third_party" / "ctgrad").symlink_to(root)
    return cmake(user, "add_subdirectory")


def fetch_content(folder):
    return cmake(project(folder / "FetchContent", "cmake/CMakeLists.txt"), "FetchContent", f"-DCTGRAD_ARCHIVE={archive(folder)}")


def install(folder, prefix):
    run("cmake", "-G", "Ninja", "-S", root, "-B", folder / "ctgrad", f"-DCMAKE_INSTALL_PREFIX={prefix}")
    run("cmake", "--install", folder / "ctgrad")


def find_package(folder):
    prefix = folder / "prefix"
    install(folder, prefix)
    accepted = "".join(f"{wanted} {is_compatible(prefix, wanted)}\n" for wanted in ("0.0", "0.1", "0.2"))
    if accepted != "0.0 FALSE\n0.1 TRUE\n0.2 FALSE\n":
        raise Failed(f"versions that find_package accepts:\n{accepted}")
    return cmake(project(folder / "find_package", "cmake/CMakeLists.txt"), "find_package", f"-DCMAKE_PREFIX_PATH={prefix}")


def conan_test_package(folder):
    """The program that tests the recipe of Conan, with a package that CMake installed."""
    prefix = folder / "prefix"
    install(folder, prefix)
    run("cmake", "-G", "Ninja", "-S", root / "packaging/conan/test_package", "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={prefix}")
    run("cmake", "--build", folder / "build")
    return run(folder / "build" / "test_package")


def is_compatible(prefix, wanted):
    """What the installed version file answers to find_package(ctgrad <wanted>)."""
    script = prefix.parent / "wanted.cmake"
    major, minor = wanted.split(".")
    script.write_text(f"cmake_minimum_required(VERSION 3.21)\nset(PACKAGE_FIND_VERSION {wanted})\nset(PACKAGE_FIND_VERSION_MAJOR {major})\n"
                      f"set(PACKAGE_FIND_VERSION_MINOR {minor})\ninclude({prefix}/share/cmake/ctgrad/ctgradConfigVersion.cmake)\n"
                      "message(STATUS ${PACKAGE_VERSION_COMPATIBLE})\n", encoding="utf-8")
    return run("cmake", "-P", script).split()[-1]


def meson_wrap(folder):
    user = project(folder / "wrap", "meson/meson.build")
    cache = user / "subprojects" / "packagecache"
    cache.mkdir(parents=True)
    shutil.copy(archive(folder), cache)  # fetched already
    wrap = (here / "meson" / "ctgrad.wrap").read_text(encoding="utf-8")
    digest = hashlib.sha256(archive(folder).read_bytes()).hexdigest()
    (user / "subprojects" / "ctgrad.wrap").write_text(re.sub("source_hash = .*", f"source_hash = {digest}", wrap), encoding="utf-8")
    run("meson", "setup", user / "build", user)
    run("meson", "compile", "-C", user / "build")
    return run(user / "build" / "app")


def pkg_config(folder):
    """Meson installs to a folder that stands for the root of a system."""
    run("meson", "setup", "--prefix=/opt/ctgrad", "-Dtests=false", "-Dexamples=false", folder / "meson", root)
    run("meson", "install", "-C", folder / "meson", "--destdir", folder / "system")
    found = {"PKG_CONFIG_PATH": str(folder / "system/opt/ctgrad/share/pkgconfig"), "PKG_CONFIG_SYSROOT_DIR": str(folder / "system")}
    flags = run("pkg-config", "--cflags", f"ctgrad = {VERSION}", **found).split()
    standard = run("pkg-config", "--variable=cxx_standard", "ctgrad", **found).strip()
    run(*compiler, f"-std=c++{standard}", *flags, here / "main.cpp", "-o", folder / "app")
    return run(folder / "app")


WAYS = {
    add_subdirectory: ["cmake", "ninja"],
    fetch_content: ["cmake", "ninja"],
    find_package: ["cmake", "ninja"],
    conan_test_package: ["cmake", "ninja"],
    meson_wrap: ["meson"],
    pkg_config: ["meson", "pkg-config"],
}


def main():
    expected = (here / "expected.txt").read_text(encoding="utf-8")
    failed = skipped = 0
    for way, needed in WAYS.items():
        missing = [tool for tool in needed if not shutil.which(tool)]
        if missing:
            skipped += 1
            print(f"skipped {way.__name__}: {' and '.join(missing)} not installed (tools/setup test)")
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                printed = way(pathlib.Path(folder))
                if printed != expected:
                    raise Failed(f"expected:\n{expected}printed:\n{printed}")
                print(f"ok      {way.__name__}", flush=True)
            except Failed as what:
                failed += 1
                print(f"FAIL    {way.__name__}: {what}", flush=True)
    return 1 if failed else 77 if skipped else 0


if __name__ == "__main__":
    sys.exit(main())

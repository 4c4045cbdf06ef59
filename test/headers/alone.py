#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""alone.py HEADERS COMPILER...: fails unless each header of HEADERS (include/ctgrad) includes what it uses.

Clang compiles all of them once, each as a module of its own, and so sees in each what it includes and nothing else. Another compiler
compiles each header alone, which takes a hundred times as long.
"""

import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

folder = pathlib.Path(sys.argv[1]).resolve()
command = [*sys.argv[2:], "-std=c++20", f"-I{folder.parent}"]
listed = subprocess.run([sys.executable, str(pathlib.Path(__file__).resolve().parent.parent / "headers.py"), str(folder)],
                        check=True, text=True, stdout=subprocess.PIPE)
headers = listed.stdout.split()


def alone(header):
    done = subprocess.run([*command, "-fsyntax-only", "-x", "c++", "-"], input=f"#include <{header}>\n", text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout if done.returncode != 0 else ""


def as_modules(place):
    lines = [f'  module m{i} {{ header "{folder.parent / header}" export * }}' for i, header in enumerate(headers)]
    (place / "module.modulemap").write_text("\n".join(["module ctgrad {", *lines, "}"]), encoding="utf-8")
    options = ["-fmodules", "-fimplicit-module-maps", f"-fmodules-cache-path={place}", "-Xclang", "-fmodules-local-submodule-visibility",
               "-fmodule-name=ctgrad", "-Xclang", "-emit-module", "-ferror-limit=0"]
    done = subprocess.run([*command, *options, "-x", "c++", "-c", str(place / "module.modulemap"), "-o", str(place / "all.pcm")],
                          text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout if done.returncode != 0 else ""


if "clang" in " ".join(command):
    with tempfile.TemporaryDirectory() as place:
        wrong = [as_modules(pathlib.Path(place))]
else:
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        wrong = list(pool.map(alone, headers))
complaints = [text for text in wrong if text]
print("\n".join(complaints) or f"{len(headers)} headers, each with what it includes")
sys.exit(1 if complaints or not headers else 0)

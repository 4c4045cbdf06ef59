#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""single_header.py ROOT COMPILER...: fails unless what tools/single_header writes needs nothing of ctgrad, and
test/packages/main.cpp prints what it should with it: included from a folder of its own, and pasted into the program."""

import pathlib
import re
import subprocess
import sys
import tempfile

root, compiler = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
here = root / "test" / "packages"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wsign-conversion", "-Wshadow", "-Werror"]
INCLUDED = re.compile(r"^\s*#\s*include\s*[<\"](\S+)[>\"]", re.MULTILINE)


def build(*command):
    done = subprocess.run([*compiler, "-std=c++20", "-O0", *WARNINGS, *map(str, command)], text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    return [f"{' '.join(map(str, command))}\n{done.stdout[:4000]}"] if done.returncode != 0 else []


def complaints(folder):
    script = [sys.executable, str(root / "tools" / "single_header")]
    written = [subprocess.run([*script, *names], check=True, text=True, stdout=subprocess.PIPE).stdout
               for names in ([], ["ctgrad/ctgrad.hpp", "ctgrad/model.hpp"])]
    for text in written:
        included = INCLUDED.findall(text)
        yield from (f"includes {name}" for name in included if "/" in name and not name.startswith("boost/hana/"))
        yield from (f"includes {name} {included.count(name)} times" for name in sorted(set(included)) if included.count(name) > 1)
        if not text.startswith("// SPDX-License-Identifier: BSL-1.0\n") or "#pragma once" in text:
            yield "does not begin with its licence, or has a #pragma once"
    program = (here / "main.cpp").read_text(encoding="utf-8")
    (folder / "ctgrad").mkdir()
    (folder / "ctgrad" / "ctgrad.hpp").write_text(written[0], encoding="utf-8")
    (folder / "with_model.cpp").write_text(written[1] + program.replace("#include <ctgrad/ctgrad.hpp>\n", ""), encoding="utf-8")
    yield from build("-fsyntax-only", folder / "with_model.cpp")
    unbuilt = build(f"-I{folder}", here / "main.cpp", "-o", folder / "program")
    yield from unbuilt
    if not unbuilt:
        printed = subprocess.run([str(folder / "program")], check=True, text=True, stdout=subprocess.PIPE).stdout
        if printed != (here / "expected.txt").read_text(encoding="utf-8"):
            yield f"prints\n{printed}"


with tempfile.TemporaryDirectory() as name:
    wrong = list(complaints(pathlib.Path(name)))
print("\n".join(wrong) or "one header, which needs headers of Boost and the standard library only")
sys.exit(1 if wrong else 0)

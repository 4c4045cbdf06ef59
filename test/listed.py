#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""listed.py TEST: fails unless each file TEST/unit/<layer>/<name>.cpp is in the list of its layer, in TEST/meson.build or in a build file
of its own, so that it is run."""

import pathlib
import re
import sys

test = pathlib.Path(sys.argv[1])
lists = dict(re.findall(r"^    '(\w+)': \[\n(.*?)^    \]", (test / "meson.build").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))
missing = []
files = sorted((test / "unit").glob("*/*.cpp"))
for file in files:
    own = file.parent / "meson.build"
    named = lists.get(file.parent.name, "") + (own.read_text(encoding="utf-8") if own.exists() else "")
    if f"'{file.stem}'" not in named:
        missing.append(file.relative_to(test))
for file in missing:
    print(f"{file}: no list names it")
print(f"{len(files) - len(missing)} files are listed")
sys.exit(bool(missing))

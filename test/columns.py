#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""columns.py ROOT: fails when a line of the code has more than 140 columns."""

import pathlib
import sys

LONGEST = 140
FOLDERS = ["include", "test", "examples", "benchmark"]
ENDS = {".hpp", ".cpp", ".in", ".py", ".js", ".gp", ".build"}

root = pathlib.Path(sys.argv[1])
files = [f for folder in FOLDERS for f in sorted((root / folder).rglob("*")) if f.suffix in ENDS or f.name == "meson.build"]
found = [f"{f.relative_to(root)}:{number}: {len(line)} columns"
         for f in files for number, line in enumerate(f.read_text(encoding="utf-8").splitlines(), 1) if len(line) > LONGEST]
print("\n".join(found) or f"{len(files)} files, no line over {LONGEST} columns")
sys.exit(1 if found or not files else 0)

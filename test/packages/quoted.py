#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""quoted.py ROOT: fails unless each line of the `cmake`, `meson`, `ini` and `cpp` blocks of docs/how_to/embed.md stands in a file of
test/packages, which check.py builds. The place of an archive and its hash are the user's."""

import pathlib
import re
import sys

BLOCK = re.compile(r"^```(cmake|meson|ini|cpp)\n(.*?)^```", re.MULTILINE | re.DOTALL)
ENDS = {"cmake": ["CMakeLists.txt"], "meson": ["meson.build"], "ini": ["ctgrad.wrap"], "cpp": ["main.cpp"]}
USERS = re.compile(r"(?<=ctgrad URL ).*(?=\))|(?<=source_hash = ).*")


def lines(text):
    return {USERS.sub("...", line.strip()) for line in text.splitlines() if line.strip()}


root = pathlib.Path(sys.argv[1])
blocks = BLOCK.findall((root / "docs/how_to/embed.md").read_text(encoding="utf-8"))
known = {kind: {line for end in ends for f in (root / "test/packages").rglob(end) for line in lines(f.read_text(encoding="utf-8"))}
         for kind, ends in ENDS.items()}
wrong = [line for kind, block in blocks for line in sorted(lines(block) - known[kind])]
complaints = [f"embed.md: no file of test/packages has the line: {line}" for line in wrong]
print("\n".join(complaints) or f"{len(blocks)} blocks, all as they are built")
sys.exit(1 if wrong or not blocks else 0)

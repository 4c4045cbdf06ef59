#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""rewrites_documented.py [--write] REWRITES.md PROGRAM: fails unless the table of docs/rewrites.md is what PROGRAM
(test/laws/print_rewrites.cpp) prints; with --write puts it there."""

import pathlib
import subprocess
import sys

HEAD = "| op | rewrite | where |\n|---|---|---|\n"

arguments = [a for a in sys.argv[1:] if a != "--write"]
document = pathlib.Path(arguments[0])
rows = subprocess.run([arguments[1]], text=True, stdout=subprocess.PIPE, check=True, timeout=60).stdout
before, head, after = document.read_text(encoding="utf-8").partition(HEAD)
if not head:
    sys.exit(f"{document.name} has no table that begins with\n{HEAD}")
written = after[:after.index("\n\n") + 1] if "\n\n" in after else after
if "--write" in sys.argv:
    document.write_text(before + HEAD + rows + after[len(written):], encoding="utf-8")
elif written != rows:
    there, here = set(written.splitlines()), set(rows.splitlines())
    print("\n".join(["not documented: " + row for row in sorted(here - there)] + ["no rewrite: " + row for row in sorted(there - here)])
          or "the rows are in another order")
    sys.exit(f"{document.name} is not the table of rewrite/all.hpp: write it with --write")
print(f"{rows.count(chr(10))} rewrites, all documented")

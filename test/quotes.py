#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""quotes.py PAGE HEADERS EXAMPLE...: fails unless what PAGE quotes is so. A `cpp` block must stand in the main.cpp of an EXAMPLE or in a
header that the page names (under HEADERS, include/ctgrad), a `text` block in the expected.txt of an EXAMPLE, which it prints."""

import pathlib
import re
import sys

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)

page, headers, *examples = map(pathlib.Path, sys.argv[1:])
text = page.read_text(encoding="utf-8")
named = [headers / name for name in dict.fromkeys(re.findall(r"`([\w/]+\.hpp)`", text))]
sources = {"cpp": [*(example / "main.cpp" for example in examples), *(file for file in named if file.is_file())],
           "text": [example / "expected.txt" for example in examples]}


def lines(words):
    return "\n".join(line.strip() for line in words.splitlines())


blocks = [(kind, block) for kind, block in BLOCK.findall(text) if kind in sources]
wrong = [block for kind, block in blocks
         if not any(lines(block).strip() in lines(file.read_text(encoding="utf-8")) for file in sources[kind])]
print("\n".join(f"{page.name} quotes what is not there:\n{block}" for block in wrong) or f"{len(blocks)} quotes, all as they are")
sys.exit(1 if wrong or not blocks else 0)

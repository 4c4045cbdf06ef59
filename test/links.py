#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""links.py ROOT: fails when a page (*.md of the root, docs and examples) leads to a file or a heading that is not there, or names a
header (`plan/loop.hpp`) or another file of the repository (`test/layers.py`) that does not exist."""

import pathlib
import re
import sys

LINK = re.compile(r"\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^)\s]+)\)")
NAMED = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:hpp|cpp|py|md|txt|build|yml))`")
BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def anchors(page):
    """What `page.md#...` may say: headings in small letters, words joined by hyphens."""
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in HEADING.findall(text)}


def complaints(root, page):
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    for target in LINK.findall(re.sub(r"`[^`]*`", "", text)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        if not file.exists():
            yield f"{target} is not there"
        elif anchor and file.suffix == ".md" and anchor not in anchors(file):
            yield f"{target}: no such heading"
    for named in NAMED.findall(text):
        if not any((folder / named).exists() for folder in (root, root / "include", root / "include" / "ctgrad", page.parent)):
            yield f"`{named}` is not there"


root = pathlib.Path(sys.argv[1])
pages = sorted([*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("examples/**/*.md")])
found = [f"{page.relative_to(root)}: {what}" for page in pages for what in complaints(root, page)]
print("\n".join(found) or f"{len(pages)} pages, all that they name is there")
sys.exit(1 if found or not pages else 0)

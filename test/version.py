#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""version.py ROOT VERSION: fails unless the header, the citation, the changelog and the packages know the VERSION of meson.build."""

import json
import pathlib
import re
import sys

root, version = pathlib.Path(sys.argv[1]), sys.argv[2]
header = (root / "include" / "ctgrad" / "version.hpp").read_text(encoding="utf-8")
citation = (root / "CITATION.cff").read_text(encoding="utf-8")
changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")

port = json.loads((root / "packaging" / "vcpkg" / "vcpkg.json").read_text(encoding="utf-8"))
wrap = (root / "test" / "packages" / "meson" / "ctgrad.wrap").read_text(encoding="utf-8")

found = {
    "the macros of version.hpp": ".".join(re.findall(r"^#define CTGRAD_VERSION_\w+ (\d+)$", header, re.MULTILINE)),
    "ctgrad::version": re.search(r'version = "([^"]*)"', header)[1],
    "CITATION.cff": re.search(r"^version: (\S+)$", citation, re.MULTILINE)[1],
    "CHANGELOG.md": re.search(r"^## \[(\d[^]]*)\]", changelog, re.MULTILINE)[1],
    "packaging/vcpkg/vcpkg.json": port["version"],
    "ctgrad.wrap": ", ".join(sorted(set(re.findall(r"ctgrad-(\d+\.\d+\.\d+)", wrap)))),
}
wrong = [f"{place} says {said}, meson.build {version}" for place, said in found.items() if said != version]
print("\n".join(wrong) or f"all say {version}")
sys.exit(1 if wrong else 0)

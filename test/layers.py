#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""layers.py FOLDER: fails when a header of FOLDER (include/ctgrad) includes one of a later layer, or itself by way of others."""

import pathlib
import re
import sys

LAYERS = ["core", "simd", "shape", "graph", "expr", "ops", "rewrite", "transform", "plan", "kernel", "linalg", "runtime", "nn", "train",
          "io", "model", "interop"]
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"](ctgrad/[^>"]+)[>"]')
UMBRELLA = "ctgrad/ctgrad.hpp"
VERSION = "ctgrad/version.hpp"  # of no layer, and includes nothing of the library


def layer(path):
    """`ctgrad/ops/add.hpp` and the umbrella `ctgrad/ops.hpp` are both of layer ops."""
    return path.split("/")[1].removesuffix(".hpp")


def complaints(folder):
    for header in sorted(folder.rglob("*.hpp")):
        path = header.relative_to(folder.parent).as_posix()
        if path not in (UMBRELLA, VERSION) and layer(path) not in LAYERS:
            yield f"{path}: {layer(path)} is not a layer"
            continue
        for number, line in enumerate(header.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            included = match[1]
            place = f"{path}:{number}: "
            if not (folder.parent / included).is_file():
                yield f"{place}{included} does not exist"
            elif path == VERSION:
                yield f"{place}the version includes nothing of the library"
            elif included == VERSION:
                continue
            elif included == UMBRELLA:
                yield f"{place}no header includes the umbrella of everything"
            elif layer(included) not in LAYERS:
                yield f"{place}{included} belongs to no layer"
            elif path == UMBRELLA:
                if layer(included) == "interop":
                    yield f"{place}interop is opt-in and stays outside the umbrella"
            elif LAYERS.index(layer(included)) > LAYERS.index(layer(path)):
                yield f"{place}{layer(path)} comes before {layer(included)} and may not include {included}"


def includes(folder):
    """What each header includes."""
    return {header.relative_to(folder.parent).as_posix():
            [match[1] for match in map(INCLUDE.match, header.read_text(encoding="utf-8").splitlines()) if match]
            for header in sorted(folder.rglob("*.hpp"))}


def circles(included_by):
    """A way back to the start for each header that includes one which is still open."""
    done, open_ = set(), []

    def visit(path):
        if path in open_:
            yield " -> ".join(open_[open_.index(path):] + [path])
        elif path not in done:
            open_.append(path)
            for included in included_by.get(path, []):
                yield from visit(included)
            open_.pop()
            done.add(path)

    for path in included_by:
        yield from visit(path)


folder = pathlib.Path(sys.argv[1])
found = list(complaints(folder)) + [f"a circle of includes: {circle}" for circle in circles(includes(folder))]
print("\n".join(found) or "every include points down, and there is no circle")
sys.exit(1 if found else 0)

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""headers.py FOLDER: prints every public header under FOLDER, as a user includes it.

interop is left out: its headers need the library that they connect to.
"""

import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
for header in sorted(folder.rglob("*.hpp")):
    path = header.relative_to(folder.parent).as_posix()
    if not path.startswith(("ctgrad/interop/", "ctgrad/interop.hpp")):
        print(path)

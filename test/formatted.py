#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""formatted.py CLANG_FORMAT ROOT FOLDER...: fails when a file of the folders is not as .clang-format says.

`formatted.py --fix CLANG_FORMAT ROOT FOLDER...` formats them. The wrong programs of test/compile_fail are left out: their lines are meant.
"""

import pathlib
import subprocess
import sys

fix = sys.argv[1] == "--fix"
program, root, *folders = sys.argv[2:] if fix else sys.argv[1:]
files = [str(f) for folder in folders for f in sorted(pathlib.Path(root, folder).rglob("*"))
         if f.suffix in {".hpp", ".cpp"} and f.parent.name != "compile_fail"]
done = subprocess.run([program, *(["-i"] if fix else ["--dry-run", "--Werror"]), *files], stderr=subprocess.PIPE, text=True)
wrong = sorted({line.split(":")[0] for line in done.stderr.splitlines() if "error:" in line})
print("\n".join(wrong) or f"{len(files)} files are formatted")
if wrong:
    print(f"python3 test/formatted.py --fix {program} . {' '.join(folders)}")
sys.exit(done.returncode if files else 1)

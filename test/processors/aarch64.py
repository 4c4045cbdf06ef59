#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""aarch64.py FLAG-OR-SOURCE...: compiles tests for aarch64 and runs them in an emulator.

Skipped (exit status 77) where the cross-compiler or the emulator is missing.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

COMPILER = "aarch64-linux-gnu-g++"
EMULATOR = "qemu-aarch64"
SKIPPED = 77

missing = [tool for tool in (COMPILER, EMULATOR) if not shutil.which(tool)]
if missing:
    print("not installed:", *missing)
    sys.exit(SKIPPED)
with tempfile.TemporaryDirectory() as folder:
    program = pathlib.Path(folder) / "tests"
    subprocess.run([COMPILER, "-std=c++20", "-O1", "-static", *sys.argv[1:], "-o", program], check=True)
    sys.exit(subprocess.run([EMULATOR, program, "--report_level=short", "--color_output=no"], check=False).returncode)

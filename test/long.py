#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""long.py SECONDS [COMPILER...]

What finds more the longer it runs, with seeds of the day: random graphs at run time, SECONDS for each law; the same, damaged files and
generated code with sanitizers; then all examples as users build them, with each compiler. Run from the root; builds in build/long.
"""

import datetime
import os
import subprocess
import sys

FUZZERS = {"fuzz": "test/random/fuzz"}
SANITIZED = {"fuzz": "test/random/fuzz", "random graphs": "test/random/random_graphs", "damaged files": "test/unit/io/io_safetensors"}

SANITIZERS = ["-Db_sanitize=address,undefined", "-Db_lundef=false", "-Dcpp_args=-fsanitize=float-cast-overflow"]


def run(name, command, failed, **more):
    print(f"== {name}: {' '.join(command)}", flush=True)
    if subprocess.run(command, check=False, **more).returncode != 0:
        failed.append(name)


def build(folder, targets, options, failed):
    setup = ["meson", "setup", "-Dtest_extent=quick", "-Dexamples=false", *options, folder]
    if not os.path.exists(f"{folder}/build.ninja"):
        run(f"set up {folder}", setup, failed)
    for target in targets:
        run(f"build {target}", ["ninja", "-C", folder, "-j", "2", target], failed)


def main():
    seconds, *compilers = sys.argv[1:]
    first = datetime.date.today().toordinal() * 1_000_000
    failed = []
    build("build/long/plain", FUZZERS.values(), [], failed)
    build("build/long/sanitized", SANITIZED.values(), [*SANITIZERS], failed)
    law = ["--log_level=message", "--color_output=no", "--", "--first", str(first), "--seconds", seconds]
    run("fuzz", ["build/long/plain/test/random/fuzz", *law], failed)
    strict = {**os.environ, "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1", "CTGRAD_MUTATIONS": str(100 * int(seconds))}
    run("fuzz with sanitizers", ["build/long/sanitized/test/random/fuzz", *law], failed, env=strict)
    run("random graphs with sanitizers", ["build/long/sanitized/test/random/random_graphs"], failed, env=strict)
    run("damaged files", ["../build/long/sanitized/test/unit/io/io_safetensors"], failed, env=strict, cwd="test")
    for compiler in compilers:
        run(f"builds with {compiler}", [sys.executable, "test/builds/check.py", "--long", ".", compiler], failed)
    print("failed: " + ", ".join(failed) if failed else "nothing failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

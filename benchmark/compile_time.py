# SPDX-License-Identifier: BSL-1.0
"""What compiling costs: CPU seconds and peak memory, medians; run by `tools/bench --compile`."""

import argparse
import math
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
SOURCES = FOLDER / "compile_time"
CHAINS = (32, 64, 128, 256)


def compile_once(compiler, source, definitions, out):
    """CPU seconds and MiB of one compilation; None if it fails."""
    command = [compiler, "-std=c++20", "-O3", "-march=native", "-DNDEBUG", "-I", str(FOLDER.parent / "include"),
               "-isystem", "/usr/include/eigen3", *definitions, "-c", str(source), "-o", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        print(f"tools/bench: failed: {' '.join(command)}", file=sys.stderr)
        return None
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(compiler, source, definitions, repetitions, out):
    runs = [compile_once(compiler, SOURCES / source, definitions, out) for _ in range(repetitions)]
    return None if None in runs else [statistics.median(column) for column in zip(*runs)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="once instead of three times")
    repetitions = 1 if parser.parse_args().quick else 3

    print(f"# {'program':14} {'compiler':12} {'seconds':>8} {'MiB':>6} {'exponent':>9}")
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out.o"
        for compiler in filter(shutil.which, ("g++", "clang++-19")):
            def line(name, source, definitions=()):
                found = measure(compiler, source, definitions, repetitions, out)
                cost = f"{found[0]:8.2f} {found[1]:6.0f}" if found else "  failed      -"
                print(f"{name:16} {compiler:12} {cost}", end="", flush=True)
                return found[0] if found else math.nan

            base = line("include alone", "empty.cpp")
            for name, source in (("with model.hpp", "model.cpp"), ("Eigen alone", "eigen.cpp"), ("w3 step", "w3.cpp"),
                                 ("w3 by hand", "w3_loops.cpp"), ("w6 step", "w6.cpp")):
                print()
                line(name, source)
            print()
            before = None
            for nodes in CHAINS:  # growth of what the program adds to the include
                seconds = line(f"{nodes} nodes", "chain.cpp", (f"-DNODES={nodes}",)) - base
                if before and not math.isnan(seconds / before):
                    print(f" {math.log2(seconds / before):9.2f}", end="")
                print(flush=True)
                before = seconds


if __name__ == "__main__":
    main()

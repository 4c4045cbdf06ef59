#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""check.py [--write] PINNED ROOT COMPILER...: fails when a program makes the compiler instantiate 3 % more than PINNED says, or so much
less that the pins are out of date, or takes 10 % more memory, or if what only compilers evaluate gets into the object: a graph, rules of
derivatives; --write pins what is found.

What is counted does not depend on how busy a machine is: functions that g++ makes (-fdump-tree-gimple), or functions and classes that
Clang instantiates (-ftime-trace), and the peak of memory, MiB. Other compilers than the pinned ones are skipped (exit status 77).
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PROGRAMS = {
    "include": ("benchmark/compile_time/empty.cpp", []),
    "w3": ("benchmark/compile_time/w3.cpp", []),
    "w6": ("benchmark/compile_time/w6.cpp", []),
    "chain of 64": ("benchmark/compile_time/chain.cpp", ["-DNODES=64"]),
    "hessian of 5": ("test/compile_cost/hessian.cpp", []),
    "model": ("test/compile_cost/model.cpp", []),
}
TOLERANCE = 0.03
MEMORY_TOLERANCE = 0.1  # how much of what is freed stays in a process depends on the machine
SKIPPED = 77


def version(command):
    said = subprocess.run([*command, "--version"], text=True, stdout=subprocess.PIPE, check=True).stdout.splitlines()[0]
    number = re.search(r"(\d+)\.\d+\.\d+", said)[1]
    return ("clang " if "clang" in said else "g++ ") + number


def compile_program(command):
    """Peak memory in MiB."""
    # Meson has malloc fill what it gives, which touches pages that compilers do not.
    process = subprocess.Popen(command, env={name: value for name, value in os.environ.items() if name != "MALLOC_PERTURB_"})
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed: {' '.join(command)}")
    return round(usage.ru_maxrss / 1024)


def functions_of_gcc(dump):
    if not dump.exists():
        return 0  # the headers alone make none
    return sum(1 for line in dump.open(encoding="utf-8", errors="replace") if re.match(r"^[^\s{};].*\)$", line))


def instantiations_of_clang(trace):
    events = json.loads(trace.read_text(encoding="utf-8"))["traceEvents"]
    return sum(1 for e in events if e["name"] in ("InstantiateFunction", "InstantiateClass"))


def measure(command, root, source, definitions, compiler, folder):
    dump = folder / "dump"
    if compiler.startswith("g++"):  # with these numbers garbage is collected as often on any machine
        count = [f"-fdump-tree-gimple={dump}", "--param=ggc-min-expand=100", "--param=ggc-min-heapsize=131072"]
    else:
        count = [f"-ftime-trace={dump}", "-ftime-trace-granularity=0"]
    options = ["-std=c++20", "-O3", "-march=x86-64-v3", "-DNDEBUG", f"-I{root}/include", *definitions, "-c", str(root / source), "-o"]
    dump.unlink(missing_ok=True)
    memory = compile_program([*command, *count, *options, str(folder / "out.o")])
    symbols = subprocess.run(["nm", "-C", str(folder / "out.o")], text=True, stdout=subprocess.PIPE, check=True).stdout
    found = functions_of_gcc(dump) if compiler.startswith("g++") else instantiations_of_clang(dump)
    return {"functions": found, "MiB": memory}, len(re.findall(r"::derivative|_graph<", symbols))


write = sys.argv[1] == "--write"
pins, root, *command = sys.argv[2:] if write else sys.argv[1:]
pins, root = pathlib.Path(pins), pathlib.Path(root).resolve()
pinned = json.loads(pins.read_text(encoding="utf-8")) if pins.exists() else {}
compiler = version(command)
if compiler not in pinned and not write:
    print(f"nothing is pinned for {compiler}")
    sys.exit(SKIPPED)
wrong = []
with tempfile.TemporaryDirectory() as place:
    for name, (source, definitions) in PROGRAMS.items():
        found, passes = measure(command, root, source, definitions, compiler, pathlib.Path(place))
        if passes:
            wrong.append(f"{name}: {passes} symbols of graphs and derivatives are in the object: machine code refers to a program's graph")
        if write:
            pinned.setdefault(compiler, {})[name] = found
        for what, count in found.items():
            known = pinned[compiler].get(name, {}).get(what, 0)
            print(f"{name:14} {what:10} {count:8} pinned {known:8} {count / known - 1 if known else 0:+.1%}")
            if abs(count - known) > TOLERANCE * known if what == "functions" else count > known * (1 + MEMORY_TOLERANCE):
                wrong.append(f"{name}: {what}: {count} instead of {known}")
if write:
    pins.write_text(json.dumps(pinned, indent=2) + "\n", encoding="utf-8")
elif wrong:
    print("\n".join(["", *wrong, "", "If that is meant: test/compile_cost/check.py --write test/compile_cost/pinned.json . COMPILER"]))
sys.exit(1 if wrong and not write else 0)

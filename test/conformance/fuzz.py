# SPDX-License-Identifier: BSL-1.0
"""fuzz.py CONFORMANCE FILE... [--rounds N]: cases with keys deleted and types changed must be run, failed or skipped with a reason.

Nothing that is written in a file may end the program, or a case by a signal."""

import argparse
import copy
import json
import random
import re
import subprocess
import sys
import tempfile

others = [None, True, -1, 0, 3, 1e300, "NaN", "Infinity", "text", [], [[]], [1, [2]], [None], {}, {"a": 1}, [0.5] * 3, [[1, 2], [3]]]


def places(value, path=()):
    """All paths to parts of a value, the value itself apart."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    for key, part in items:
        yield path + (key,)
        yield from places(part, path + (key,))


def mutated(case, chance):
    """One or two parts deleted or replaced; the name and the function stay as they are, most of the time."""
    case = copy.deepcopy(case)
    for _ in range(chance.randint(1, 2)):
        paths = [p for p in places(case) if p[0] not in ("name", "source") and (p[0] != "function" or chance.random() < 0.1)]
        if not paths:
            break
        *way, last = chance.choice(paths)
        at = case
        for key in way:
            at = at[key]
        if chance.random() < 0.4:
            del at[last]
        else:
            at[last] = copy.deepcopy(chance.choice(others))
    return case


def check(program, cases, label):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"cases": cases}, file)
        file.flush()
        done = subprocess.run([program, file.name], capture_output=True, text=True, timeout=1200)
    summary = re.search(r"(\d+) passed, (\d+) failed, (\d+) skipped\n$", done.stdout)
    faults = [line for line in done.stdout.splitlines() if "ended by signal" in line]
    if summary is None or done.returncode not in (0, 1):
        faults.append(f"the program ended with {done.returncode}: {done.stderr[-300:]}")
    elif sum(map(int, summary.groups())) != len(cases):
        faults.append(f"{summary.group(0).strip()} of {len(cases)} cases")
    for fault in faults:
        print(f"{label}: {fault}")
    return not faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    cases = [case for file in options.files for case in json.load(open(file))["cases"]]
    right = True
    for turn in range(options.rounds):
        chance = random.Random(turn)
        right = check(options.program, [mutated(case, chance) for case in cases], f"round {turn}") and right
    right = check(options.program, others + [{"name": "x"}, {"function": 3}, {"function": "losses.Poisson"}], "no cases at all") and right
    sys.exit(0 if right else 1)


if __name__ == "__main__":
    main()

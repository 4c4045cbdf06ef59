#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""examples.py EXPECTED PROGRAM [ARGUMENT...]

Runs an example and compares what it prints with the file EXPECTED: words must be the same, numbers may
differ by 1e-4 of their size. A line of EXPECTED that ends in ... stands for any line that starts so.
"""

import re
import subprocess
import sys

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
TOLERANCE = 1e-4


def same(expected, printed):
    if expected.endswith("..."):
        return printed.startswith(expected[:-3])
    if NUMBER.split(expected) != NUMBER.split(printed):
        return False
    pairs = zip(map(float, NUMBER.findall(expected)), map(float, NUMBER.findall(printed)))
    return all(abs(a - b) <= TOLERANCE * max(abs(a), 1e-30) for a, b in pairs)


def main():
    expected = open(sys.argv[1], encoding="utf-8").read().splitlines()
    done = subprocess.run(sys.argv[2:], text=True, stdout=subprocess.PIPE, check=True, timeout=600)
    printed = done.stdout.splitlines()
    wrong = [(e, p) for e, p in zip(expected, printed) if not same(e, p)]
    for e, p in wrong:
        print(f"expected: {e}\nprinted:  {p}")
    if len(expected) != len(printed):
        print(f"expected {len(expected)} lines, printed {len(printed)}")
    return 1 if wrong or len(expected) != len(printed) else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""summary.py BROKEN LOG...: sums up Meson's testlog.json files; BROKEN builds count as failures.

A Boost.Test executable counts with its test cases, any other test as one.
"""

import json
import pathlib
import re
import sys

CASES = re.compile(r"^\s+(\d+) test cases? out of \d+ (passed|failed|aborted|skipped)", re.MULTILINE)


def count(test):
    """(passed, failed) of one line of the log."""
    good = test["result"] in ("OK", "EXPECTEDFAIL", "SKIP")
    output = (test.get("stdout") or "") + (test.get("stderr") or "")
    cases = {"passed": 0, "failed": 0, "aborted": 0, "skipped": 0}
    for number, verdict in CASES.findall(output):
        cases[verdict] += int(number)
    if good:
        return (max(cases["passed"], 1), 0) if test["result"] != "SKIP" else (0, 0)
    return cases["passed"], max(cases["failed"] + cases["aborted"], 1)


passed, failed = 0, int(sys.argv[1])
for name in sys.argv[2:]:
    log = pathlib.Path(name)
    if not log.is_file():
        print(f"FAILED: there is no {log}", file=sys.stderr)
        failed += 1
        continue
    for line in log.read_text(encoding="utf-8").splitlines():
        more_passed, more_failed = count(json.loads(line))
        passed += more_passed
        failed += more_failed

sys.stderr.flush()
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""errors_documented.py ERRORS.md HEADERS PROGRAMS: fails unless the rules of the headers (include/ctgrad),
the entries of docs/errors.md and the wrong programs of test/compile_fail are about the same rules, and each
entry ends with questions (`Ask: `can_minimize<L>`.`) that the headers know."""

import pathlib
import re
import sys

RULE = re.compile(r"^\s*CTGRAD_RULE\((\w+),", re.MULTILINE)  # not in a comment
HEADING = re.compile(r"^## (\w+)$", re.MULTILINE)
QUESTIONS = re.compile(r"^## (\w+)$(?:(?!^## ).)*?^Ask: ([^\n]*)\.$", re.MULTILINE | re.DOTALL)
ASKED = re.compile(r"`[^`]*?(\w+)(?:<[^`]*>)?(?:\(\)(?:\.\w+\(\))?)?`")
EXPECTATION = re.compile(r"\A// expect: (\w+)$", re.MULTILINE)


def found_in(files, pattern):
    return {name for file in files for name in pattern.findall(file.read_text(encoding="utf-8"))}


document, headers, programs = map(pathlib.Path, sys.argv[1:])
rules = found_in(headers.rglob("*.hpp"), RULE)
entries = found_in([document], HEADING)
tested = found_in(programs.glob("*.cpp"), EXPECTATION)

source = "".join(file.read_text(encoding="utf-8") for file in headers.rglob("*.hpp"))
questions = dict(QUESTIONS.findall(document.read_text(encoding="utf-8")))
unknown = {f"{name}: {asked}" for name, line in questions.items() for asked in ASKED.findall(line)
           if not re.search(rf"\b(?:concept|constexpr \w+) {asked}\b", source)}

complaints = [f"{name}: {what}" for what, names in {
    f"a rule without an entry in {document.name}": rules - entries,
    f"an entry of {document.name} that is no rule": entries - rules,
    "an entry without a question": entries - questions.keys(),
    "a question that no header answers": unknown,
    "a rule without a wrong program": rules - tested,
    "a wrong program expects it, but it is no rule": tested - rules,
}.items() for name in sorted(names)]
print("\n".join(complaints) or f"{len(rules)} rules, each with an entry and a wrong program")
sys.exit(1 if complaints or not rules else 0)

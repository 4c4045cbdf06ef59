#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""check.py [--jobs N] [--show] [--wrong-only] FILE... -- COMPILER [ARGUMENT...]

Each FILE (or each .cpp of a folder) is a wrong program and its corrected twin:

    // expect: loss_must_be_scalar      the rule that it breaks; FILE is <rule>__<case>.cpp
    // shows: [N,10]                    a text in the first error line; any number of such lines
    #ifdef FIXED
    auto step = ct::minimize(ct::reduce_mean(loss), optimizer);
    #else
    auto step = ct::minimize(loss, optimizer); // wrong
    #endif

With FIXED defined it compiles. Without it there is exactly one error, in one short line that names the
rule, the facts and where to read more, and no graph; the line marked `// wrong` is named near the top of
the output. Prints one line a file; --show adds the error. The header that it includes first is compiled once
for all files, as that is nearly all of the work. --wrong-only leaves the corrected programs out, which take half of the rest.
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time

LONGEST_ERROR = 300  # characters after the path
TOP = 12  # lines of output within which the user's line is named
ERROR = re.compile(r"\b(?:fatal )?error: (.*)")
INTERNALS = re.compile(r"\b(?:expr|graph|node)\s*[<{]")
INCLUDE = re.compile(r"#include <(ctgrad/[^>]+)>")


class Compiler:
    """Compiles programs, with the headers that they include first compiled before, in `folder`."""

    def __init__(self, command, folder, wrong_only):
        self.wrong_only = wrong_only
        self.options = next(i for i, word in enumerate([*command, "-"]) if word.startswith("-"))
        self.command, self.folder = command, pathlib.Path(folder)
        self.is_clang = "clang" in "".join(command)
        self.sources = self.folder / "sources"  # one for each header: Clang asks whether a source is as it was
        self.made = {}
        self.lock = threading.Lock()

    def precompile(self, header):
        """Options with which `header` need not be compiled."""
        with self.lock:
            if header not in self.made:
                made = self.folder / (header + (".pch" if self.is_clang else ".gch"))
                made.parent.mkdir(parents=True, exist_ok=True)
                source = self.sources / header
                source.parent.mkdir(parents=True, exist_ok=True)
                source.write_text(f"#include <{header}>\n", encoding="utf-8")
                self.run(["-x", "c++-header", str(source), "-o", str(made)])
                self.made[header] = ["-include-pch", str(made)] if self.is_clang else [f"-I{self.folder}"]
            return self.made[header]

    def run(self, options):
        # Without a locale the compilers write plain quotes and English.
        done = subprocess.run([*self.command[:self.options], *options, *self.command[self.options:], "-std=c++20"], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace",
                              env={**os.environ, "LC_ALL": "C"}, timeout=600)
        return done.returncode, done.stdout

    def shown(self, output):
        """The lines of output that there are without a precompiled header: Clang names it besides the program."""
        return [line for line in output.splitlines() if not (self.is_clang and str(self.sources) in line)]

    def compile(self, path, *options):
        header = INCLUDE.search(path.read_text(encoding="utf-8"))
        return self.run([*self.precompile(header[1]), "-fsyntax-only", *options, str(path)])


def header(source, key):
    return [line.split(":", 1)[1].strip() for line in source if line.startswith(f"// {key}:")]


def complaints(path, compiler):
    """Yields (what is wrong, the output to show for it); last, ("", the error)."""
    source = path.read_text(encoding="utf-8").splitlines()
    expected = header(source[:1], "expect")
    if not expected:
        yield "line 1 is not `// expect: <rule>`", ""
        return
    rule = expected[0]
    if path.stem.split("__")[0] != rule or "__" not in path.stem:
        yield f"the file's name is not {rule}__<case>.cpp", ""
    wrong = [number for number, line in enumerate(source, 1) if line.rstrip().endswith("// wrong")]
    if not wrong:
        yield "no line ends in `// wrong`", ""

    status, output = (0, "") if compiler.wrong_only else compiler.compile(path, "-DFIXED")
    if status != 0:
        yield "the corrected program does not compile", output

    status, output = compiler.compile(path)
    errors = [match[1] for match in map(ERROR.search, output.splitlines()) if match]
    if status == 0 or not errors:
        yield "the wrong program compiles", output
        return
    first = errors[0]
    if len(errors) != 1:
        yield f"{len(errors)} errors instead of one", output
    if not re.search(rf"\b{re.escape(rule)}\b", first.split("docs/errors.md")[0]):
        yield f"the first error does not name {rule}", output
    for text in header(source, "shows"):
        if text not in first:
            yield f"the first error does not show {text}", output
    if f"docs/errors.md#{rule}" not in first:
        yield f"the first error does not point to docs/errors.md#{rule}", output
    if INTERNALS.search(first):
        yield "the first error shows the graph", output
    if len(first) > LONGEST_ERROR:
        yield f"the first error is {len(first)} characters long, not at most {LONGEST_ERROR}", output
    place = re.compile(rf"(?:^|[\s/]){re.escape(path.name)}:(\d+)[:,]")
    named = {int(number) for line in compiler.shown(output)[:TOP] for number in place.findall(line)}
    if wrong and not named.intersection(wrong):
        yield f"line {wrong[0]}, the wrong one, is not named in the first {TOP} lines of output", output
    yield "", f"error: {first}"


def check(path, compiler):
    start = time.monotonic()
    try:
        found = list(complaints(path, compiler))
    except (OSError, subprocess.TimeoutExpired) as failure:
        found = [(str(failure), "")]
    return path, time.monotonic() - start, found


def main():
    if "--" not in sys.argv:
        sys.exit(__doc__)
    split = sys.argv.index("--")
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--jobs", type=int, default=2, help="files at a time")
    parser.add_argument("--show", action="store_true", help="print each error")
    parser.add_argument("--wrong-only", action="store_true", help="leave the corrected programs out")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    options = parser.parse_args(sys.argv[1:split])
    command = sys.argv[split + 1:]
    if not command:
        sys.exit(__doc__)

    files = [file for path in options.files for file in (sorted(path.glob("*.cpp")) if path.is_dir() else [path])]
    failed = 0
    with (tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool):
        compiler = Compiler(command, folder, options.wrong_only)
        for path, seconds, found in pool.map(lambda path: check(path, compiler), files):
            wrong = [(what, output) for what, output in found if what]
            failed += bool(wrong)
            print(f"{'FAIL' if wrong else 'ok  '} {path.name} ({seconds:.1f} s)")
            for what, _ in wrong:
                print(f"     {what}")
            if wrong and wrong[-1][1]:
                print("".join(f"     | {line[:LONGEST_ERROR]}\n" for line in wrong[-1][1].splitlines()[:TOP]), end="")
            elif options.show:
                print("".join(f"     {output}\n" for what, output in found if not what), end="")
            sys.stdout.flush()
    print(f"{len(files) - failed} of {len(files)} right")
    sys.exit(1 if failed or not files else 0)


main()

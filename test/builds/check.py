#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""check.py [--long] ROOT COMPILER...

Builds programs of users the way users build them, and compares what they print: the examples and the program of README.md, with
sanitizers, without optimisation, for size, and with the checks of the standard library. Options that break the arithmetic of IEEE must
be refused by one error that names them. The long form does it with every example.
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from examples import same  # noqa: E402

SANITIZED = ["-O1", "-fsanitize=undefined,address", "-fno-sanitize-recover=undefined"]
TRAPPING = ["-O1", "-fsanitize=undefined", "-fsanitize-trap=undefined"]  # where the run-time library of sanitizers is missing
PLAIN = [["-O0"], ["-Os"], ["-O2", "-D_GLIBCXX_ASSERTIONS", "-D_FORTIFY_SOURCE=2"], ["-O3", "-D_GLIBCXX_ASSERTIONS", "-D_FORTIFY_SOURCE=3"]]
REFUSED = [["-O2", "-ffast-math"], ["-O2", "-ffinite-math-only"], ["-Ofast"]]
LONG_ONLY = {"mnist_softmax", "mnist_mlp"}  # need a parser of arguments, and take their time
LINKED = {"fit_with_ceres", "fit_with_eigen", "minimize_with_dlib", "minimize_with_ipopt", "minimize_with_nlopt"}  # with another library


def compile_program(compiler, flags, root, source, program):
    command = [*compiler, "-std=c++20", *flags, f"-I{root}/include", str(source), "-o", str(program)]
    return subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def sanitizer_of(compiler, folder):
    source = folder / "empty.cpp"
    source.write_text("int main() {}\n", encoding="utf-8")
    done = compile_program(compiler, SANITIZED, folder, source, folder / "empty")
    return SANITIZED if done.returncode == 0 else TRAPPING


def differences(expected, printed):
    if len(expected) != len(printed):
        return [f"expected {len(expected)} lines, printed {len(printed)}"]
    return [f"expected: {e}\nprinted:  {p}" for e, p in zip(expected, printed) if not same(e, p)]


def built_and_run(compiler, flags, root, source, expected, folder, arguments=()):
    """What is wrong with the program, or nothing."""
    program = folder / "program"
    done = compile_program(compiler, flags, root, source, program)
    if done.returncode != 0:
        return "does not compile:\n" + "\n".join(done.stdout.splitlines()[:12])
    run = subprocess.run([str(program), *arguments], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
    if run.returncode != 0 or run.stderr:
        return f"ends with {run.returncode}:\n{run.stderr[:2000]}"
    wrong = differences(expected, run.stdout.splitlines()) if expected is not None else []
    return "\n".join(wrong[:5])


def refused(compiler, flags, root, source):
    done = compile_program(compiler, ["-fsyntax-only", *flags], root, source, "/dev/null")
    errors = [line for line in done.stdout.splitlines() if re.search(r"\berror: ", line)]
    if done.returncode == 0:
        return "compiles"
    if len(errors) != 1 or "-ffast-math" not in errors[0] or "IEEE" not in errors[0]:
        return "is not refused by one error:\n" + "\n".join(errors[:5])
    return ""


def readme_program(root, folder):
    blocks = re.findall(r"```cpp\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    whole = [b for b in blocks if "int main" in b]
    source = folder / "readme.cpp"
    source.write_text(whole[0], encoding="utf-8")
    return source


def cases(root, folder, is_long, sanitized):
    """Name, flags, source, what it prints (None: anything), arguments."""
    examples = sorted(p.parent for p in (root / "examples").glob("*/main.cpp") if p.parent.name not in LONG_ONLY | LINKED)
    first = root / "examples" / "03_linear_regression"
    for example in examples if is_long else [first]:
        expected = (example / "expected.txt").read_text(encoding="utf-8").splitlines()
        arguments = [str(folder)] if example.name == "11_checkpoint" else []
        for flags in [sanitized, *PLAIN] if example == first else [sanitized, PLAIN[-1]]:
            yield example.name, flags, example / "main.cpp", expected, arguments
    yield "README.md", sanitized if is_long else ["-O0"], readme_program(root, folder), None, []


def main():
    arguments = sys.argv[1:]
    is_long = arguments[0] == "--long"
    root, *compiler = arguments[1:] if is_long else arguments
    root = pathlib.Path(root)
    failed = 0

    def report(name, flags, wrong, since):
        nonlocal failed
        failed += bool(wrong)
        print(f"{'FAIL' if wrong else 'ok  '} {name} {' '.join(flags)} ({time.time() - since:.1f} s)", flush=True)
        if wrong:
            print(wrong, flush=True)

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for name, flags, source, expected, given in cases(root, folder, is_long, sanitizer_of(compiler, folder)):
            start = time.time()
            report(name, flags, built_and_run(compiler, flags, root, source, expected, folder, given), start)
        for flags in REFUSED:
            start = time.time()
            report("refused", flags, refused(compiler, flags, root, root / "examples" / "03_linear_regression" / "main.cpp"), start)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

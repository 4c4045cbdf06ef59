#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""mutants.py [--compiler C] [--list] [NAME...]

Tests the tests: makes deliberate mistakes of one line, one at a time, in a copy of include/, and runs the tests that should see them.
A mutant is killed if a test does not compile or fails that passes without it. A survivor is a missing test. `stale`: the code has
changed and the mutant must be written anew.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TESTS = {
    "simplify": ("test/random/fuzz/simplify.cpp", []),
    "gradients": ("test/random/fuzz/gradients.cpp", []),
    "rewrites": ("test/laws/rewrites.cpp", []),
    "shields": ("test/random/fuzz/shields.cpp", []),
    "laws": ("test/laws/gradients.cpp", []),
    "einsum": ("test/unit/ops/einsum.cpp", []),
    "second": ("test/laws/second_kinks.cpp", []),
    "run_loop": ("test/unit/kernel/run_loop.cpp", []),
    "contraction": ("test/unit/kernel/contraction.cpp", []),
    "short_rows": ("test/unit/kernel/short_rows.cpp", []),
    "share_regions": ("test/unit/plan/share_regions.cpp", []),
    "update_early": ("test/unit/plan/update_early.cpp", []),
    "indices": ("test/unit/runtime/indices.cpp", []),
    "losses": ("test/unit/nn/losses.cpp", []),
    "metrics": ("test/unit/nn/metrics.cpp", []),
    "recurrent layers": ("test/unit/nn/recurrent_layers.cpp", []),
    "attention": ("test/unit/nn/attention.cpp", []),
    "batches": ("test/metamorphic/losses.cpp", []),
    "trainer": ("test/unit/train/trainer.cpp", []),
    "groups": ("test/unit/train/groups.cpp", []),
    "tensor_math": ("test/unit/simd/exp.cpp", []),
}

# name: (file, the line's part that is replaced, by what, the tests that should see it)
MUTANTS = {
    # derivatives
    "divide: sign of the divisor's gradient": ("ops/divide.hpp", "-(at.dy * at.y / at.x(1))", "at.dy * at.y / at.x(1)", ["laws"]),
    "sqrt: factor dropped": ("ops/sqrt.hpp", "at.dy * 0.5 / at.y", "at.dy / at.y", ["laws"]),
    "maximum: tie to the second": ("ops/maximum.hpp", "apply<equal_op>(at.x(0), at.y)", "apply<not_equal_op>(at.x(1), at.y)", ["second"]),
    "relu: slope at 0": ("ops/relu.hpp", "apply<greater_op>(at.y, 0.0)", "apply<greater_equal_op>(at.y, 0.0)", ["second"]),
    "cholesky: factor of the second derivative": (
        "linalg/cholesky.hpp", "solved(symmetric)) * 2.0", "solved(symmetric)) * 1.5", ["laws"]),
    "triangular_solve: the gradient is not solved transposed": (
        "linalg/triangular_solve.hpp", "back.numbers[0] ^= transposed", "back.numbers[0] ^= upper", ["laws"]),
    "solve: rows are not exchanged": ("linalg/lu.hpp", "f[n * n + k] = at;", "f[n * n + k] = V(static_cast<T>(k));", ["laws"]),
    "einsum: axes of the depth in another order": (
        "ops/detail/contract_pair.hpp", "as_matrices(b, of_b, p, p.depth, p.columns, extent)",
        "as_matrices(b, of_b, p, p.columns, p.depth, extent)", ["einsum"]),
    "concat: offset of the second part": (
        "ops/concat.hpp", "if (at.wrt == 1) part.numbers[axis]", "if (at.wrt == 0) part.numbers[axis]", ["gradients"]),
    "pad: offset not taken back": ("ops/pad.hpp", "attributes back = at.attrs();", "attributes back;", ["gradients"]),
    "reduce_max: ties not shared": ("ops/reduce_max.hpp", "at.times(at.dy, 1.0 / count)", "at.dy", ["second"]),
    "view: axes of the gradient": ("graph/view.hpp", "back.numbers[k] = place[k]", "back.numbers[k] = k", ["gradients"]),
    "matmul: shields of a gradient lost": (
        "ops/matmul.hpp", "apply<matmul_op>(shields, transposed(other), at.dy)",
        "apply<matmul_op>(attributes{}, transposed(other), at.dy)", ["shields"]),
    "pow: exponent of the derivative": ("ops/pow.hpp", "apply<pow_op>(x, p - 1.0)", "apply<pow_op>(x, p)", ["laws"]),
    # transform
    "where: branches exchanged": ("transform/differentiate.hpp", "k == 1 ? n.input(0)", "k == 2 ? n.input(0)", ["gradients"]),
    "differentiate: second use of a node dropped": (
        "transform/detail/cotangent.hpp", "a.value + b.value", "b.value", ["laws"]),
    # rewrites
    "elementwise: done once past different axes": (
        "rewrite/elementwise.hpp", "if (x->numbers[d] != other->numbers[d]) return false;", "", ["simplify"]),
    "factors: sign lost behind a view": (
        "rewrite/factors.hpp", "if (is_made_by<negative_op>(x)) return x.input(0);\n    if (!is_made_by<view_op>(x)) return {};",
        "if (is_made_by<negative_op>(x)) return x.input(0);\n    if (is_made_by<view_op>(x)) return x;\n"
        "    if (!is_made_by<view_op>(x)) return {};", ["simplify"]),
    "factors: multiple of a repeated factor": (
        "rewrite/factors.hpp", "if (x->numbers[k] != factor->numbers[k]) return 0;", "if (x->numbers[k] != factor->numbers[k]) return 1;",
        ["simplify"]),
    "reduce_sum: count of a repeated axis": (
        "rewrite/reductions.hpp", "element_count(*at.graph, at.draft.type, shape, repeated)",
        "element_count(*at.graph, at.draft.type, shape, axes)", ["rewrites", "simplify"]),
    "reduction of a reduction: axes": (
        "rewrite/reductions.hpp", "if (!before.has(k) && axes.has(next++))", "if (axes.has(next++))", ["rewrites", "simplify"]),
    "matrices: sum along the wrong operand": (
        "rewrite/matrices.hpp", "if ((along.numbers[0] >> row & 1) != 0) a = with_axis",
        "if ((along.numbers[0] >> column & 1) != 0) a = with_axis", ["rewrites", "simplify"]),
    "matrices: rows for columns": (
        "rewrite/matrices.hpp", "sum_of_equal(b, row, product[row]", "sum_of_equal(b, column, product[row]", ["rewrites", "simplify"]),
    "logarithms: 1 - sigmoid": (
        "rewrite/logarithms.hpp", "return fits ? -softplus_of(x.input(1).input(0))", "return fits ? -softplus_of(-x.input(1).input(0))",
        ["rewrites", "simplify"]),
    "subtract: negative of the first": (
        "rewrite/sums.hpp", "-(at.x(0).input(0) + at.x(1))", "-(at.x(0).input(0) - at.x(1))", ["rewrites", "simplify"]),
    "multiply: number over a number": (
        "rewrite/products.hpp", "one_number(it.value(), 1 / d)", "one_number(it.value(), d)", ["rewrites", "simplify"]),
    "clip: condition not asked": ("rewrite/choices.hpp", "if (!same || !(c > 0)", "if (!(c > 0)", ["rewrites", "simplify"]),
    "slice: offset of a slice of all forgotten": ("ops/slice.hpp", "a.begin[k] += slice.numbers[k];", "a.begin[k] = 0;", ["gradients"]),
    # plan, kernel, runtime
    "share_regions: given back too early": ("plan/share_regions.hpp", "life.last = s;", "life.last = life.first;", ["share_regions"]),
    "share_regions: too small": (
        "plan/share_regions.hpp", "factor = factor < wanted.size.factor ? wanted.size.factor : factor;", "", ["share_regions"]),
    "update_early: readers not waited for": (
        "plan/update_early.hpp", "if (each.variable == variable) before[each.kernel] = true;", "", ["update_early", "trainer"]),
    "loop: last lanes not masked": ("kernel/outputs/partial_sums.hpp", "s.add(n == W ? x :", "s.add(n <= W ? x :", ["run_loop"]),
    "loop: rest skipped": (
        "kernel/run_loop.hpp", "for (; i < n; i += width) some(one{}, i,", "for (; i + 1 < n; i += width) some(one{}, i,", ["run_loop"]),
    "indices: bound counted": (
        "runtime/indices.hpp", "bound - 1 < largest ? bound - 1 : largest", "bound < largest ? bound : largest", ["indices"]),
    # nn, train
    "huber: linear part": ("nn/losses/huber.hpp", "d * abs(e) - 0.5_c * square(d)", "d * abs(e)", ["losses", "batches"]),
    "lstm: two gates exchanged": ("nn/layers/lstm.hpp", "opened(gate<Units, 1>(gates)) * c", "opened(gate<Units, 0>(gates)) * c",
                                  ["recurrent layers"]),
    "masks: the state moves on": ("nn/layers/recurrent.hpp", "where(mask, std::get<1>(next), std::get<1>(before))", "std::get<1>(next)",
                                  ["recurrent layers"]),
    "attention: a step sees those behind": (
        "nn/layers/multi_head_attention.hpp", "columns> <= positions_along<0", "columns> >= positions_along<0", ["attention"]),
    "mean squared error: not squared": ("nn/losses/mean_squared_error.hpp", "square(", "abs(", ["losses", "batches"]),
    "adam: second moment": ("train/optimizers/adam.hpp", "square(at.gradient));", "abs(at.gradient));", ["trainer", "groups"]),
}


def failing(program, folder, include, compiler, flags):
    """The test cases that fail, or none where it does not even compile."""
    source, arguments = TESTS[program]
    built = folder / program
    command = [compiler, "-std=c++20", "-O1", "-march=native", "-w", "-DBOOST_TEST_DYN_LINK", f"-I{include}", *flags, str(ROOT / source),
               str(ROOT / "test/main.cpp"),
               "-lboost_unit_test_framework", "-o", str(built)]
    if subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode != 0:
        return None
    try:
        done = subprocess.run([str(built), "--color_output=no", *arguments], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300,
                              cwd=ROOT / "test", errors="replace")
    except subprocess.TimeoutExpired:
        return {"never ends"}
    cases = set(re.findall(r'error: in "([^"]+)"', done.stdout))
    return cases | ({"crash"} if done.returncode not in (0, 201) else set())


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--compiler", default="g++")
    options.add_argument("--list", action="store_true")
    options.add_argument("names", nargs="*", help="parts of names of mutants")
    asked = options.parse_args()
    chosen = {n: m for n, m in MUTANTS.items() if not asked.names or any(part in n for part in asked.names)}
    if asked.list:
        print("\n".join(chosen))
        return 0
    outcome = {"killed": 0, "SURVIVED": 0, "stale": 0}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        before = {}
        for mutant, (file, old, new, programs) in chosen.items():
            start = time.time()
            text = (ROOT / "include/ctgrad" / file).read_text(encoding="utf-8")
            verdict, killer = "SURVIVED", ""
            if text.count(old) < 1:
                verdict = "stale"
            else:
                include = folder / "include"
                shutil.rmtree(include, ignore_errors=True)
                shutil.copytree(ROOT / "include", include)
                (include / "ctgrad" / file).write_text(text.replace(old, new, 1), encoding="utf-8")
                for program in programs:
                    if not (ROOT / TESTS[program][0]).exists():
                        continue
                    if program not in before:
                        before[program] = failing(program, folder, ROOT / "include", asked.compiler, [])
                    if before[program] is None:
                        sys.exit(f"{program} does not compile without mutants either")
                    after = failing(program, folder, include, asked.compiler, [])
                    if after is None or after - before[program]:
                        verdict = "killed"
                        killer = f" by {program}: " + ("does not compile" if after is None else sorted(after - before[program])[0])
                        break
            outcome[verdict] += 1
            print(f"{verdict:8} {mutant}{killer} ({time.time() - start:.0f} s)", flush=True)
    print(", ".join(f"{count} {what}" for what, count in outcome.items()))
    return 0 if outcome["SURVIVED"] == outcome["stale"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())

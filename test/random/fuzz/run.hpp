// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "grower.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <limits>
#include <string>

namespace fuzz {

/// Numbers to feed: generic ones, or those that break formulas.
enum class values {
    benign,
    hostile, ///< Zeros, the smallest and the largest numbers, infinite ones.
    unknown  ///< NaN among benign ones.
};

inline double any_number(dice& roll, values kind) {
    static constexpr double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
    static constexpr double hostile[] = {0,    0,     0,     -0.0, 1,      1,     -1,    2,      0.5,  1e-310, -5e-324, 1e-38,
                                         1e38, -1e38, 1e-30, 1e30, 1e-160, 1e160, 1e300, -1e300, 1000, -1000,  inf,     -inf};
    if (kind == values::hostile && roll.below(3) != 0) return roll.any_of(hostile);
    if (kind == values::unknown && roll.one_in(6)) return nan;
    return roll.uniform() * 2;
}

/// Values for every leaf of `g`.
inline ct::interpreter_input input_for(ct::graph_view g, dice& roll, values kind, sizes of) {
    ct::interpreter_input in;
    in.sizes.push_back({dim_n.name, of.n});
    in.sizes.push_back({dim_m.name, of.m});
    for (int i = 0; i < g.size; ++i) {
        if (g[i].op->kind != ct::op_kind::leaf) continue;
        bool known = false;
        for (const auto& l : in.leaves) known = known || l.name == g[i].name;
        if (known) continue;
        std::int64_t size = 1;
        for (int k = 0; k < g[i].shape.rank; ++k) size *= in.size_of(g[i].shape[k]);
        ct::value_list list(static_cast<int>(size));
        for (double& v : list)
            v = g[i].type == dtype::boolean ? roll.below(2)
                : g[i].type == dtype::int32 ? roll.between(-1, 3)
                                            : ct::rounded(g[i].type, any_number(roll, kind));
        in.leaves.push_back({g[i].name, list});
    }
    return in;
}

/// The nodes of `g` in another builder; `change(ref)` may put something else in the place of each use of a node.
template <class Change>
ct::list<ref> copied(ct::graph_view g, ct::builder& to, Change change) {
    ct::list<ref> copies, roots;
    for (int i = 0; i < g.size; ++i) {
        ref in[ct::max_arity];
        for (int k = 0; k < g[i].op->arity; ++k) in[k] = change(copies[g[i].inputs[k]]);
        copies.push_back(to.add(*g[i].op, g[i], in));
    }
    for (int r = 0; r < g.root_count; ++r) roots.push_back(change(copies[g.roots[r]]));
    return roots;
}

/// A graph after the simplifier; and whether it found a factor that is 0 wherever it is known at compile time, which makes
/// the product 0, whatever the other factor is.
struct simplified_graph {
    ct::draft_graph graph;
    bool has_zero = false;
};
inline simplified_graph simplified(ct::graph_view g) {
    ct::builder better(ct::simplify);
    simplified_graph out;
    out.graph = ct::extract(better, copied(g, better, [&](ref x) {
                                out.has_zero = out.has_zero || (ct::is_floating(x->type) && ct::is_constant(x, 0));
                                return x;
                            }));
    return out;
}

/// `x` with an error of its own in each element.
inline ref with_errors(ref x, double error, dice& roll) {
    ref sum = ct::constant(*x.graph, roll.uniform(), x->type, x.shape());
    for (int k = 0; k < x.shape().rank; ++k) {
        attributes a;
        a.type = x->type;
        a.shape = x.shape();
        a.numbers[0] = k;
        sum = sum * 1.7 + ct::sin(x.graph->add(ct::info<ct::coordinate_op>, a, nullptr) * 2.3 + roll.uniform() * 3);
    }
    return x * (1.0 + sum * error);
}

/// The graph with rounding errors that are larger than real ones, and with other signs of zeros: what changes much is
/// ill-conditioned there, and says nothing of a rewrite.
inline ct::draft_graph disturbed(ct::graph_view g, dice& roll, bool all_signs) {
    ct::builder made;
    return ct::extract(made, copied(g, made, [&](ref x) {
                           if (!ct::is_floating(x->type) || x->op->kind == ct::op_kind::constant || x->op->kind == ct::op_kind::view)
                               return x;
                           if (all_signs) return ct::where(ct::equal(x, 0.0), -x, x);
                           const ref other = with_errors(x, x->type == dtype::float64 ? 1e-13 : 1e-6, roll);
                           return roll.one_in(3) ? ct::where(ct::equal(x, 0.0), -x, other) : other;
                       }));
}

/// Whether what is not 0 became 0, or 1 what is less: digits are lost.
inline bool vanishes(const ct::node& n, const ct::interpreter& run, int id) {
    if (ct::is_op<ct::sigmoid_op>(*n.op) || ct::is_op<ct::tanh_op>(*n.op) || ct::is_op<ct::erf_op>(*n.op))
        for (double v : run.result(id))
            if (std::fabs(v) > 1 - 1e-3) return true;
    if (n.op->kind != ct::op_kind::elementwise || !ct::is_floating(n.type) || n.op->selects) return false;
    if (ct::is_op<ct::add_op>(*n.op) || ct::is_op<ct::subtract_op>(*n.op) || ct::is_op<ct::relu_op>(*n.op)) return false;
    for (int e = 0; e < run.result(id).size(); ++e) {
        bool nonzero = run.result(id)[e] == 0;
        for (int k = 0; k < n.op->arity; ++k) nonzero = nonzero && run.result(n.inputs[k])[e] != 0;
        if (nonzero) return true;
    }
    return false;
}

/// Of a result, whether a value that it is made of, a leaf's or a computed one, is infinite, NaN, or has lost digits to
/// underflow; and whether products of matrices were on the way, which may be taken in another order.
struct history {
    bool infinite = false, no_number = false, tiny = false, product = false;
};
inline std::vector<history> histories(ct::graph_view g, const ct::interpreter_input& in) {
    std::vector<std::int16_t> all;
    for (int i = 0; i < g.size; ++i) all.push_back(static_cast<std::int16_t>(i));
    const ct::interpreter run({g.nodes, g.size, all.data(), g.size}, in);
    std::vector<history> of_node(all.size()), of_root;
    for (int i = 0; i < g.size; ++i) {
        history& h = of_node[static_cast<std::size_t>(i)];
        for (double v : run.result(i)) {
            h.infinite = h.infinite || std::isinf(v);
            h.no_number = h.no_number || std::isnan(v);
            h.tiny = h.tiny || (v != 0 && std::fabs(v) < (g[i].type == dtype::float32 ? 1e-36 : 1e-290));
        }
        if (vanishes(g[i], run, i)) h.tiny = true;
        const bool sums = g[i].op->kind == ct::op_kind::contraction || g[i].op->kind == ct::op_kind::reduction;
        if (sums && h.no_number) h.infinite = true; // terms may have overflowed
        h.product = g[i].op->kind == ct::op_kind::contraction;
        for (int k = 0; k < g[i].op->arity; ++k) {
            const history& before = of_node[static_cast<std::size_t>(g[i].inputs[k])];
            h = {h.infinite || before.infinite, h.no_number || before.no_number, h.tiny || before.tiny, h.product || before.product};
        }
    }
    for (int r = 0; r < g.root_count; ++r) of_root.push_back(of_node[static_cast<std::size_t>(g.roots[r])]);
    return of_root;
}

/// The last options of the command line, behind `--`: `--seconds N` and `--first N`.
inline std::uint64_t option(const char* name, std::uint64_t otherwise) {
    auto& suite = boost::unit_test::framework::master_test_suite();
    for (int i = 1; i + 1 < suite.argc; ++i)
        if (std::strcmp(suite.argv[i], name) == 0) return std::strtoull(suite.argv[i + 1], nullptr, 10);
    return otherwise;
}

/// Calls `check(seed)`, which gives a text that says what is wrong, or none: for `count` seeds, or as long as asked.
template <class Check>
void for_seeds(std::uint64_t count, Check check) {
    const std::uint64_t first = option("--first", 1), seconds = option("--seconds", 0);
    const std::clock_t start = std::clock();
    int failures = 0;
    std::uint64_t seed = first;
    for (; seconds != 0 ? std::clock() - start < static_cast<std::clock_t>(seconds) * CLOCKS_PER_SEC : seed < first + count; ++seed) {
        if (option("--verbose", 0) != 0) std::fprintf(stderr, "seed %llu\n", static_cast<unsigned long long>(seed));
        const std::string wrong = check(seed);
        BOOST_TEST(wrong.empty(), "seed " << seed << ": " << wrong);
        if (!wrong.empty() && ++failures == static_cast<int>(option("--failures", 5))) break;
    }
    BOOST_TEST_MESSAGE(seed - first << " seeds in " << static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC << " s");
}

/// A scalar in which every element of `y` has another weight.
inline ref readout(ref y, double phase) {
    const tensor_shape s = y.shape();
    ref weight = ct::constant(*y.graph, 0.7, y->type, s);
    for (int k = 0; k < s.rank; ++k) {
        attributes a;
        a.type = y->type;
        a.shape = s;
        a.numbers[0] = k;
        weight = weight * 1.25 + ct::sin(y.graph->add(ct::info<ct::coordinate_op>, a, nullptr) + phase);
    }
    return ct::reduce_sum(y * weight);
}

inline ct::list<ref> listed(ref x) {
    ct::list<ref> one;
    one.push_back(x);
    return one;
}

inline std::string shown(double v) { return ct::detail::printed_value(v); }

/// The graph and what is fed to it.
inline std::string shown(ct::graph_view g, const ct::interpreter_input& in) {
    std::string text = ct::to_string(g);
    for (const auto& s : in.sizes) text.append(s.name->text).append("=").append(std::to_string(s.size)).append(" ");
    for (const auto& l : in.leaves) {
        text.append("\n").append(l.name->text).append(" =");
        for (double v : l.values) text.append(" ").append(shown(v));
    }
    return text + "\n";
}

inline sizes any_sizes(std::uint64_t seed) {
    dice roll(seed + 99);
    return {roll.one_in(25) && option("--empty", 1) != 0 ? 0 : roll.between(1, 3), roll.between(1, 4)};
}

} // namespace fuzz

// SPDX-License-Identifier: BSL-1.0

#include "run.hpp"

#include <ctgrad/transform/split_joins.hpp>

#include <map>

// Graphs that are simplified mean what they meant.

namespace {

using namespace fuzz;

enum class sort { finite, infinite, no_number };

sort sort_of(double v) { return std::isnan(v) ? sort::no_number : std::isinf(v) ? sort::infinite : sort::finite; }

/// Whether a rewritten graph may give `rewritten` for what came out as `written`. Where something on the way was infinite,
/// it may come out finite, and then all that follows differs.
bool may_be(double written, double rewritten, double tolerance, history on_the_way, bool has_zero) {
    const sort before = sort_of(written), after = sort_of(rewritten);
    if (on_the_way.infinite || on_the_way.tiny)
        return on_the_way.no_number || on_the_way.product || before != sort::finite || after == sort::finite;
    if (on_the_way.no_number && has_zero) return true;
    if (before != after) return false;
    return before == sort::no_number || written == rewritten || std::fabs(written - rewritten) <= tolerance;
}

/// Whether other rounding, or other signs of zeros, do to the graph as written what a rewrite did.
bool is_ill_conditioned(ct::graph_view written, const ct::interpreter_input& in, int result, int element, double value, double rewritten,
                        dice& roll) {
    double spread = 0;
    for (int i = 0; i < 24; ++i) {
        const ct::draft_graph other = disturbed(written, roll, i == 0);
        const double v = ct::interpreter(other.view(), in).result(result)[element];
        if (sort_of(v) != sort_of(value) || (std::isinf(v) && v != value)) return true;
        spread = std::fmax(spread, std::fabs(v - value));
    }
    return std::fabs(value - rewritten) <= 4 * spread;
}

struct counts {
    std::map<std::string, int> ops;
    long graphs = 0, nodes = 0, elements = 0;
};

/// Whether a logarithm of what was computed is infinite: of e^z, sigmoid and softmax the simplified graph takes it without them,
/// and what then follows is another number.
bool has_infinite_logarithm(ct::graph_view g, const ct::interpreter_input& in) {
    ct::list<std::int16_t> logarithms;
    for (int id = 0; id < g.size; ++id)
        if (ct::is_op<ct::log_op>(*g[id].op) && g[g[id].inputs[0]].op->kind != ct::op_kind::leaf)
            logarithms.push_back(static_cast<std::int16_t>(id));
    const ct::interpreter run({g.nodes, g.size, logarithms.data(), logarithms.size()}, in);
    for (int i = 0; i < logarithms.size(); ++i)
        for (double v : run.result(i))
            if (std::isinf(v)) return true;
    return false;
}

/// What is joined is computed part by part.
simplified_graph with_split_joins(ct::graph_view g) {
    ct::draft_graph all;
    for (int id = 0; id < g.size; ++id) all.nodes.push_back(g[id]);
    for (int r = 0; r < g.root_count; ++r) all.roots.push_back(g.roots[r]);
    return {ct::split_joins(all), true};
}

std::string check(std::uint64_t seed, values kind, counts& seen, simplified_graph (*rewrite)(ct::graph_view) = simplified,
                  bool joins = false) {
    const sizes of = any_sizes(seed);
    ct::builder made;
    const style how{kind == values::benign && seed % 3 == 0, seed % 4 == 3, option("--empty", 1) != 0, joins};
    grower plant(made, seed, how, of);
    plant.grow(4 + static_cast<int>(seed % 17));
    ct::list<ref> results;
    for (int i = 0; i < 3; ++i) results.push_back(plant.any_result());
    const ct::draft_graph written = ct::extract(made, results);
    const simplified_graph better = rewrite(written.view());
    const ct::draft_graph& rewritten = better.graph;
    dice roll(seed);
    const ct::interpreter_input in = input_for(written.view(), roll, kind, of);
    ++seen.graphs;
    for (const ct::node& n : written.nodes) {
        ++seen.ops[std::string(n.op->name)];
        ++seen.nodes;
    }
    const auto all = [&] { return shown(written.view(), in) + "simplified:\n" + ct::to_string(rewritten.view()); };
    if (!ct::verify(written.view())) return "the graph as written is not well formed\n" + all();
    if (!ct::verify(rewritten.view())) return "the simplified graph is not well formed\n" + all();
    const ct::interpreter expected(written.view(), in), found(rewritten.view(), in);
    if (has_infinite_logarithm(written.view(), in)) return {};
    const std::vector<history> on_the_way = histories(written.view(), in);
    for (int r = 0; r < 3; ++r) {
        const ct::value_list &want = expected.result(r), &got = found.result(r);
        if (want.size() != got.size()) return "sizes differ\n" + all();
        double scale = 0;
        for (double v : want)
            if (std::isfinite(v)) scale = std::fmax(scale, std::fabs(v));
        for (int i = 0; i < want.size(); ++i) {
            ++seen.elements;
            const double tolerance = (how.mixed ? 1e-6 : 1e-12) * scale;
            if (may_be(want[i], got[i], tolerance, on_the_way[static_cast<std::size_t>(r)], better.has_zero)) continue;
            if (is_ill_conditioned(written.view(), in, r, i, want[i], got[i], roll)) continue;
            if (is_ill_conditioned(rewritten.view(), in, r, i, got[i], want[i], roll)) continue;
            return "result " + std::to_string(r) + " element " + std::to_string(i) + ": " + shown(got[i]) + " instead of " +
                   shown(want[i]) + "\n" + all();
        }
    }
    return {};
}

void report(const counts& seen) {
    const auto occurs = [&](std::string_view op) {
        const bool is_slope_only = op.starts_with("exclusive_product"); // what derivatives of reduce_prod are made of
        BOOST_TEST((is_slope_only || seen.ops.count(std::string(op)) == 1u), op << " is in no random graph");
    };
    if (seen.graphs > 10000) // a new op belongs into grower.hpp
        [&]<class... Op>(ct::op_list<Op...>) { (occurs(Op::name), ...); }(ct::all_ops{});
    std::string text;
    for (const auto& [op, times] : seen.ops) text += " " + op + ":" + std::to_string(times);
    BOOST_TEST_MESSAGE(seen.graphs << " graphs, " << seen.nodes << " nodes, " << seen.elements << " elements;" << text);
}

} // namespace

BOOST_AUTO_TEST_SUITE(fuzz_simplify)

BOOST_AUTO_TEST_CASE(simplified_graphs_have_the_same_values) {
    counts seen;
    for_seeds(60000, [&](std::uint64_t seed) { return check(seed, values::benign, seen); });
    report(seen);
}

BOOST_AUTO_TEST_CASE(what_is_joined_is_computed_part_by_part) {
    counts seen;
    for_seeds(60000, [&](std::uint64_t seed) { return check(seed, values::benign, seen, with_split_joins, true); });
    report(seen);
}

BOOST_AUTO_TEST_CASE(a_simplified_graph_stays_finite) {
    counts seen;
    for_seeds(60000, [&](std::uint64_t seed) { return check(seed, values::hostile, seen); });
    report(seen);
}

BOOST_AUTO_TEST_CASE(what_is_no_number_stays_none) {
    counts seen;
    for_seeds(60000, [&](std::uint64_t seed) { return check(seed, values::unknown, seen); });
    report(seen);
}

BOOST_AUTO_TEST_SUITE_END()

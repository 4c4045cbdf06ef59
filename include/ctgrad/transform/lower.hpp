// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/elements_together.hpp>
#include <ctgrad/transform/outline_scans.hpp>
#include <ctgrad/transform/reciprocals.hpp>
#include <ctgrad/transform/split_joins.hpp>

/// @file The graph of a program, for a plan: the same values by what loops do better.

namespace ctgrad::detail {

/// `g` without nodes that show their first input: these are for differentiation.
constexpr draft_graph without_shown(const draft_graph& g) {
    graph_copy out(g);
    for (int id = 0; id < g.nodes.size(); ++id) {
        const node n = out.moved(id);
        out.place[id] = n.op->shows_first ? n.inputs[0] : out.add(n);
    }
    return out.finish();
}

/// What there is in a graph that loops do better otherwise.
struct lowering_needs {
    bool divides = false, joins = false, formulas = false, shows = false, scans = false;

    constexpr explicit lowering_needs(graph_view g) : formulas(!elements_together(g).empty()) {
        for (int id = 0; id < g.size; ++id) {
            shows = shows || g[id].op->shows_first;
            scans = scans || g[id].op->kind == op_kind::scan;
            divides = divides || divides_rows(g, g[id]);
            joins = joins || g[id].op->joins || is_op<pad_op>(*g[id].op);
        }
    }
    constexpr bool any() const { return divides || joins || formulas || shows || scans; }
};

/// The graph that `Make` drafts.
template <class Make>
inline constexpr auto drafted_graph = freeze(Make{});

template <class Make>
struct make_lowered {
    static constexpr lowering_needs needs{drafted_graph<Make>.view()};
    static constexpr int expected_size = drafted_graph<Make>.view().size + 8;

    constexpr draft_graph operator()() const {
        draft_graph g;
        for (const node& n : drafted_graph<Make>.nodes) g.nodes.push_back(n);
        for (const std::int16_t root : drafted_graph<Make>.roots) g.roots.push_back(root);
        using program = deferred_t<void, Make>;
        if constexpr (needs.scans) g = without_steps(g.view(), info<deferred_t<pack_op, program>>);
        if constexpr (needs.shows) g = without_shown(g);
        if constexpr (needs.formulas) g = with_elements_together<program>(g, elements_together(g.view()));
        if constexpr (needs.divides) g = with_reciprocals<program>(g);
        if constexpr (needs.joins) g = split_joins<program>(g);
        return g;
    }
};

/// The same, lowered. What needs nothing is what it was.
template <class Make, bool Needs = make_lowered<Make>::needs.any()>
inline constexpr auto lowered_graph = freeze(make_lowered<Make>{});
template <class Make>
inline constexpr const auto& lowered_graph<Make, false> = drafted_graph<Make>;

/// The step of scan `Scan` in the graph that `Make` drafts.
template <class Make, int Scan>
struct make_step_graph {
    constexpr draft_graph operator()() const { return step_graph(drafted_graph<Make>.view(), Scan, info<deferred_t<bound_op, Make>>); }
};

} // namespace ctgrad::detail

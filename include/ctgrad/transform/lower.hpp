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

/// A graph of which some was split, if it has at most `Room` nodes, roots and cuts.
template <int Room>
struct split_attempt {
    bounded<node, Room> nodes;
    bounded<std::int16_t, Room> roots;
    bounded<cut, Room> cuts;

    constexpr explicit split_attempt(const split_graph& made) : nodes(made.graph.nodes), roots(made.graph.roots), cuts(made.cuts) {}
    constexpr int larger() const {
        const int both = nodes.size > roots.size ? nodes.size : roots.size;
        return both > cuts.size ? both : cuts.size;
    }
};
template <class Make>
struct make_lowered;
template <class Make, int Room>
inline constexpr split_attempt<Room> attempted_split{split_once<deferred_t<void, Make>>(make_lowered<Make>::before_split(), {})};

/// The graph of `Make` split once.
template <class Make, int Room = 2 * make_lowered<Make>::expected_size>
constexpr const auto& first_split() {
    if constexpr (attempted_split<Make, Room>.larger() > Room)
        return first_split<Make, attempted_split<Make, Room>.larger()>();
    else
        return attempted_split<Make, Room>;
}

template <class Make>
struct make_lowered {
    static constexpr lowering_needs needs{drafted_graph<Make>.view()};
    static constexpr int expected_size = drafted_graph<Make>.view().size + 8;

    constexpr draft_graph operator()() const {
        using program = deferred_t<void, Make>;
        if constexpr (needs.joins && expected_size > most_nodes_at_once) {
            constexpr const auto& once = first_split<Make>();
            draft_graph g;
            list<cut> cuts;
            for (int i = 0; i < once.nodes.size; ++i) g.nodes.push_back(once.nodes.items[i]);
            for (int i = 0; i < once.roots.size; ++i) g.roots.push_back(once.roots.items[i]);
            for (int i = 0; i < once.cuts.size; ++i) cuts.push_back(once.cuts.items[i]);
            return copy_parts<program>(split_once<program>(g, cuts).graph);
        } else if constexpr (needs.joins)
            return split_joins<program>(before_split());
        else
            return before_split();
    }
    /// The graph with what is done before tensors are taken apart that lie side by side.
    static constexpr draft_graph before_split() {
        draft_graph g;
        for (const node& n : drafted_graph<Make>.nodes) g.nodes.push_back(n);
        for (const std::int16_t root : drafted_graph<Make>.roots) g.roots.push_back(root);
        using program = deferred_t<void, Make>;
        if constexpr (needs.scans) g = without_steps(g.view(), info<deferred_t<pack_op, program>>);
        if constexpr (needs.shows) g = without_shown(g);
        if constexpr (needs.formulas) g = with_elements_together<program>(g, elements_together(g.view()));
        if constexpr (needs.divides) g = with_reciprocals<program>(g);
        return g;
    }

private:
    /// Clang does a million steps in one constant expression: larger graphs are split in two of them.
    static constexpr int most_nodes_at_once = 150;
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

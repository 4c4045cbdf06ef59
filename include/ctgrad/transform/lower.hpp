// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/elements_together.hpp>
#include <ctgrad/transform/reciprocals.hpp>
#include <ctgrad/transform/split_joins.hpp>

namespace ctgrad::detail {

/// `g` without nodes that show their first input: these are for differentiation.
constexpr draft_graph without_shown(const draft_graph& g) {
    draft_graph out;
    list<std::int16_t> place(g.nodes.size());
    for (int id = 0; id < g.nodes.size(); ++id) {
        node n = g.nodes[id];
        for (int k = 0; k < n.op->arity; ++k) n.inputs[k] = place[n.inputs[k]];
        if (n.op->shows_first) {
            place[id] = n.inputs[0];
            continue;
        }
        place[id] = static_cast<std::int16_t>(out.nodes.size());
        out.nodes.push_back(n);
    }
    for (const std::int16_t root : g.roots) out.roots.push_back(root < 0 ? root : place[root]);
    return out;
}

/// The graph that `Make` drafts, for a plan: the same values by what loops do better. A graph in which there is nothing of
/// that kind stays as it is.
template <class Make>
struct lowered {
    static constexpr int expected_size = ctgrad::expected_size<Make>;

    constexpr draft_graph operator()() const { // with one way out, since g++ 12 would destroy the graph twice
        draft_graph g = Make{}();
        bool divides = false, joins = false, shows = false;
        for (const node& n : g.nodes) {
            shows = shows || n.op->shows_first;
            divides = divides || divides_rows(g.view(), n);
            joins = joins || n.op->joins || is_op<pad_op>(*n.op);
        }
        if (shows) g = without_shown(g);
        if (const list<formula_of_element> together = elements_together(g.view()); !together.empty())
            g = with_elements_together(g, together);
        if (divides) g = with_reciprocals(g);
        if (joins) g = split_joins<deferred_t<void, Make>>(g);
        return g;
    }
};

} // namespace ctgrad::detail

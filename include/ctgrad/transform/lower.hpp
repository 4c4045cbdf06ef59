// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/elements_together.hpp>
#include <ctgrad/transform/reciprocals.hpp>
#include <ctgrad/transform/split_joins.hpp>

namespace ctgrad::detail {

/// The graph that `Make` drafts, for a plan: the same values by what loops do better. A graph in which there is nothing of
/// that kind stays as it is.
template <class Make>
struct lowered {
    static constexpr int expected_size = ctgrad::expected_size<Make>;

    constexpr draft_graph operator()() const { // with one way out, since g++ 12 would destroy the graph twice
        draft_graph g = Make{}();
        bool divides = false, joins = false;
        for (const node& n : g.nodes) {
            divides = divides || divides_rows(g.view(), n);
            joins = joins || n.op->joins || is_op<pad_op>(*n.op);
        }
        if (const list<formula_of_element> together = elements_together(g.view()); !together.empty())
            g = with_elements_together(g, together);
        if (divides) g = with_reciprocals(g);
        if (joins) g = split_joins<deferred_t<void, Make>>(g);
        return g;
    }
};

} // namespace ctgrad::detail

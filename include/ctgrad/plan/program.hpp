// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/expr.hpp>
#include <ctgrad/plan/make_loop.hpp>

namespace ctgrad {

namespace detail {

/// The plan that the empty callable `Make` drafts, as a constant of its exact size.
template <class Make>
constexpr auto freeze_plan(Make) {
    struct extent {
        int nodes, leaves, steps, members, slots;
    };
    constexpr extent e = [] {
        const draft_plan draft = Make{}();
        return extent{draft.places.size(), draft.leaves.size(), draft.steps.size(), draft.members.size(), draft.slots.size()};
    }();
    const draft_plan draft = Make{}();
    basic_plan<e.nodes, e.leaves, e.steps, e.members, e.slots> out;
    out.dimensions = draft.dimensions;
    for (int i = 0; i < e.nodes; ++i) out.places[i] = draft.places[i];
    for (int i = 0; i < e.leaves; ++i) out.leaves[i] = draft.leaves[i];
    for (int i = 0; i < e.steps; ++i) out.steps[i] = draft.steps[i];
    for (int i = 0; i < e.members; ++i) out.members[i] = draft.members[i];
    for (int i = 0; i < e.slots; ++i) out.slots[i] = draft.slots[i];
    return out;
}

template <class Make>
constexpr auto freeze_loop(Make) {
    struct extent {
        int terms, loads, roots;
    };
    constexpr extent e = [] {
        const draft_loop draft = Make{}();
        return extent{draft.terms.size(), draft.loads.size(), draft.roots.size()};
    }();
    const draft_loop draft = Make{}();
    basic_loop<e.terms, e.loads, e.roots> out;
    out.rank = draft.rank;
    out.stages = draft.stages;
    out.kept_rows = draft.kept_rows;
    for (int k = 0; k < max_rank; ++k) out.extent[k] = draft.extent[k];
    for (int i = 0; i < e.terms; ++i) out.terms[i] = draft.terms[i];
    for (int i = 0; i < e.loads; ++i) out.loads[i] = draft.loads[i];
    for (int i = 0; i < e.roots; ++i) out.roots[i] = draft.roots[i];
    return out;
}

} // namespace detail

/// A program as a type: the graph that the empty callable `Make` drafts, whose roots are `Outputs`
/// results, `Updates` new values and the variables that these replace; and its plan.
template <class Make, int Outputs, int Updates = 0>
struct program {
    static constexpr int outputs = Outputs;
    static constexpr int updates = Updates;

    static constexpr auto frozen = freeze(Make{});
    static constexpr graph_view graph() { return frozen.view(); }
    static constexpr program_graph source() { return {graph(), Outputs, Updates}; }

    static constexpr auto plan = detail::freeze_plan([] { return make_plan(source()); });

    /// The loop nest of step `S`.
    template <int S>
    static constexpr auto loop = detail::freeze_loop([] { return make_loop(graph(), plan, plan.steps[S]); });
};

} // namespace ctgrad

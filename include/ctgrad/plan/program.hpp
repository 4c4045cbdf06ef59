// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/bounded.hpp>
#include <ctgrad/graph/extract.hpp>
#include <ctgrad/plan/make_loop.hpp>
#include <ctgrad/transform/lower.hpp>

namespace ctgrad {

namespace detail {

/// What one evaluation of `Make` leaves behind: the plan of a graph of `Nodes` nodes, if each of its other
/// lists has at most `Room` elements.
template <class Make, int Nodes, int Room>
struct plan_attempt {
    dimension_table dimensions;
    bounded<location, Nodes> places;
    bounded<std::int16_t, Nodes> leaves;
    bounded<kernel, Room> kernels;
    bounded<std::int16_t, Nodes> members;
    bounded<region, Room> regions;

    constexpr explicit plan_attempt(const draft_plan& draft)
        : dimensions(draft.dimensions), places(draft.places), leaves(draft.leaves), kernels(draft.kernels), members(draft.members),
          regions(draft.regions) {}
    constexpr int larger() const { return kernels.size > regions.size ? kernels.size : regions.size; }
};
template <class Make, int Nodes, int Room>
inline constexpr plan_attempt<Make, Nodes, Room> attempted_plan{Make{}()};

/// The plan that the empty callable `Make` drafts for a graph of `Nodes` nodes, as a constant of its exact size.
template <int Nodes, class Make, int Room = 32>
constexpr auto freeze_plan(Make = {}) {
    constexpr const auto& made = attempted_plan<Make, Nodes, Room>;
    if constexpr (made.larger() > Room)
        return freeze_plan<Nodes, Make, made.larger()>();
    else {
        basic_plan<made.places.size, made.leaves.size, made.kernels.size, made.members.size, made.regions.size> out;
        out.dimensions = made.dimensions;
        made.places.copy_to(out.places);
        made.leaves.copy_to(out.leaves);
        made.kernels.copy_to(out.kernels);
        made.members.copy_to(out.members);
        made.regions.copy_to(out.regions);
        return out;
    }
}

template <class Make, int Terms, int Walks>
struct loop_attempt {
    int rank, passes, kept_rows, lane_axis;
    extent_product extent[max_rank]{};
    bounded<term, Terms> terms;
    bounded<walk, Walks> loads;
    bounded<loop_output, Walks> outputs;

    constexpr explicit loop_attempt(const draft_loop& draft)
        : rank(draft.rank), passes(draft.passes), kept_rows(draft.kept_rows), lane_axis(draft.lane_axis), terms(draft.terms),
          loads(draft.loads), outputs(draft.outputs) {
        for (int k = 0; k < max_rank; ++k) extent[k] = draft.extent[k];
    }
    constexpr int larger() const { return loads.size > outputs.size ? loads.size : outputs.size; }
};
template <class Make, int Terms, int Walks>
inline constexpr loop_attempt<Make, Terms, Walks> attempted_loop{Make{}()};

/// The loop that the empty callable `Make` drafts, as a constant of its exact size.
template <int Terms, int Walks, class Make>
constexpr auto freeze_loop(Make = {}) {
    constexpr const auto& made = attempted_loop<Make, Terms, Walks>;
    if constexpr (made.terms.size > Terms || made.larger() > Walks)
        return freeze_loop<made.terms.size, made.larger(), Make>();
    else {
        basic_loop<made.terms.size, made.loads.size, made.outputs.size> out;
        out.rank = made.rank;
        out.passes = made.passes;
        out.kept_rows = made.kept_rows;
        out.lane_axis = made.lane_axis;
        for (int k = 0; k < max_rank; ++k) out.extent[k] = made.extent[k];
        made.terms.copy_to(out.terms);
        made.loads.copy_to(out.loads);
        made.outputs.copy_to(out.outputs);
        return out;
    }
}

} // namespace detail

/// A program as a type: the graph that the empty callable `Make` drafts, whose roots are `Outputs`
/// results, `Updates` new values and the variables that these replace; and its plan.
template <class Make, int Outputs, int Updates = 0>
struct program {
    static constexpr int outputs = Outputs;
    static constexpr int updates = Updates;

    static constexpr const auto& frozen = detail::lowered_graph<Make>;
    static constexpr graph_view graph() { return frozen.view(); }
    static constexpr program_graph source() { return {graph(), Outputs, Updates}; }

    static constexpr auto plan = detail::freeze_plan<graph().size>([] { return make_plan(source()); });

    /// The loop nest of kernel `S`.
    template <int S>
    static constexpr auto loop =
        detail::freeze_loop<8 + 4 * plan.kernels[S].members, 8>([] { return make_loop(graph(), plan, plan.kernels[S]); });
};

} // namespace ctgrad

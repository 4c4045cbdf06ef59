// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/dataflow.hpp>
#include <ctgrad/plan/loop.hpp>

namespace ctgrad::detail {

/// When the steps of a plan read each leaf for the last time and write each result for the first time.
template <class P>
struct memory_order {
    counted<std::int16_t, P::plan.leaf_count> last_read{};
    counted<std::int16_t, P::outputs + P::updates> first_written{};

    constexpr memory_order() {
        for (auto& each : last_read) each = -1;
        for (auto& each : first_written) each = P::plan.step_count;
        dataflow flow(P::graph(), P::plan, P::plan.step_count);
        list<std::int16_t> leaf_at(P::graph().size, std::int16_t{-1});
        for (int i = 0; i < P::plan.leaf_count; ++i) leaf_at[P::plan.leaves[i]] = static_cast<std::int16_t>(i);
        for (int s = 0; s < P::plan.step_count; ++s) {
            const auto here = static_cast<std::int16_t>(s);
            flow.for_each_source(s, [&](int source, int) {
                if (leaf_at[source] >= 0) last_read[leaf_at[source]] = here;
            });
            auto written = [&](const location& at) {
                if (at.where == place::result && first_written[at.index] > here) first_written[at.index] = here;
            };
            written(P::plan.steps[s].to);
            flow.for_each_computed(s, [&](int id) { written(P::plan.places[id]); });
        }
    }
};
template <class P>
inline constexpr memory_order<P> order_in_memory{};

/// Whether a step of program `P` reads leaf `Leaf` when result `Result`, perhaps, has been written.
template <class P, int Leaf, int Result>
inline constexpr bool is_read_after = order_in_memory<P>.last_read[Leaf] >= order_in_memory<P>.first_written[Result];

/// Whether loop `S` reads leaf `Leaf` only where, and when, it writes the same element of result `Result`.
template <class P, int S, int Leaf, int Result>
constexpr bool reads_where_it_writes() {
    constexpr step self = P::plan.steps[S];
    if constexpr ((self.kind != step_kind::loop && self.kind != step_kind::copy) || self.driver >= 0)
        return false;
    else {
        constexpr const auto& loop = P::template loop<S>;
        auto same_walk = [&](const walk& read, const walk& written) {
            if (read.starts != 0 || read.type != written.type) return false;
            for (int k = 0; k < loop.rank; ++k)
                if (!(read.stride[k] == written.stride[k])) return false;
            return true;
        };
        int roots = 0;
        for (const loop_root& root : loop.roots) {
            if (!root.written || !(root.out.from == location{place::result, static_cast<std::int16_t>(Result)})) continue;
            ++roots;
            if (root.kind != root_kind::store || root.by_row || root.out.starts != 0) return false;
            if (loop.terms[root.term].stage + 1 != loop.stages) return false; // a later pass over the row would read it
            for (int i = 0; i < loop.load_count; ++i)
                if (loop.loads[i].from.where == place::leaf && loop.loads[i].from.index == Leaf && !same_walk(loop.loads[i], root.out)) return false;
        }
        return roots == 1;
    }
}

/// Whether result `Result` of program `P` may be put exactly where leaf `Leaf` lies: whoever reads the leaf does it
/// before, or element by element in the loop that writes.
template <class P, int Result, int Leaf>
constexpr bool may_lie_over() {
    constexpr int written = order_in_memory<P>.first_written[Result], read = order_in_memory<P>.last_read[Leaf];
    if constexpr (P::graph()[P::graph().roots[Result]].type != P::graph()[P::plan.leaves[Leaf]].type)
        return false;
    else if constexpr (read < written)
        return true;
    else if constexpr (read > written)
        return false;
    else
        return reads_where_it_writes<P, written, Leaf, Result>();
}

} // namespace ctgrad::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/dataflow.hpp>
#include <ctgrad/plan/loop.hpp>

namespace ctgrad::detail {

/// When the kernels of a plan read each leaf for the last time and write each result for the first time.
template <class P>
struct memory_order {
    counted<std::int16_t, P::plan.leaf_count> last_read{};
    counted<std::int16_t, P::outputs + P::updates> first_written{};

    constexpr memory_order() {
        for (auto& each : last_read) each = -1;
        for (auto& each : first_written) each = P::plan.kernel_count;
        dataflow flow(P::graph(), P::plan, P::plan.kernel_count);
        list<std::int16_t> leaf_at(P::graph().size, std::int16_t{-1});
        for (int i = 0; i < P::plan.leaf_count; ++i) leaf_at[P::plan.leaves[i]] = static_cast<std::int16_t>(i);
        for (int s = 0; s < P::plan.kernel_count; ++s) {
            const auto here = static_cast<std::int16_t>(s);
            flow.for_each_source(s, [&](int source, int) {
                if (leaf_at[source] >= 0) last_read[leaf_at[source]] = here;
            });
            auto written = [&](const location& at) {
                if (at.where == place::result && first_written[at.index] > here) first_written[at.index] = here;
            };
            written(P::plan.kernels[s].to);
            flow.for_each_computed(s, [&](int id) { written(P::plan.places[id]); });
        }
    }
};
template <class P>
inline constexpr memory_order<P> order_in_memory{};

/// Whether a kernel of program `P` reads leaf `l` when result `r`, perhaps, has been written.
template <class P>
constexpr bool is_read_after(int l, int r) {
    return order_in_memory<P>.last_read[l] >= order_in_memory<P>.first_written[r];
}

/// Whether loop `S` reads leaf `l` only where, and when, it writes the same element of result `r`.
template <class P, int S>
constexpr bool reads_where_it_writes(int l, int r) {
    constexpr kernel self = P::plan.kernels[S];
    if constexpr ((self.kind != kernel_kind::loop && self.kind != kernel_kind::copy) || self.driver >= 0)
        return false;
    else {
        constexpr const auto& loop = P::template loop<S>;
        auto same_walk = [](const walk& read, const walk& written) {
            if (read.starts != 0 || read.type != written.type) return false;
            for (int k = 0; k < loop.rank; ++k)
                if (!(read.stride[k] == written.stride[k])) return false;
            return true;
        };
        int outputs = 0;
        for (int k = 0; k < loop.output_count; ++k) {
            const loop_output& output = loop.outputs[k];
            if (!output.written || !(output.out.from == location{place::result, static_cast<std::int16_t>(r)})) continue;
            ++outputs;
            if (output.kind != output_kind::store || output.by_row || output.out.starts != 0) return false;
            if (loop.terms[output.term].pass + 1 != loop.passes) return false; // a later pass over the row would read it
            for (int i = 0; i < loop.load_count; ++i) {
                const walk& load = loop.loads[i];
                if (load.from.where == place::leaf && load.from.index == l && !same_walk(load, output.out)) return false;
            }
        }
        return outputs == 1;
    }
}

/// Whether result `r` of program `P` may be put exactly where leaf `l` lies: whoever reads the leaf does it before, or
/// element by element in the loop that writes.
template <class P>
constexpr bool may_lie_over(int r, int l) {
    const int written = order_in_memory<P>.first_written[r], read = order_in_memory<P>.last_read[l];
    if (P::graph()[P::graph().roots[r]].type != P::graph()[P::plan.leaves[l]].type || read > written) return false;
    if (read < written) return true;
    return [&]<int... S>(std::integer_sequence<int, S...>) {
        return ((S == written && reads_where_it_writes<P, S>(l, r)) || ...);
    }(std::make_integer_sequence<int, P::plan.kernel_count>{});
}

} // namespace ctgrad::detail

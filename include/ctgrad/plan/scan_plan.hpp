// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/program.hpp>
#include <ctgrad/plan/size_sum.hpp>

namespace ctgrad::detail {

/// Kernel `S` of program `P`, a scan: the program of its step, and where what that is given and makes lies in `P`.
template <class P, int S>
struct scan_plan {
    static constexpr int node_id = P::plan.kernels[S].node;
    static constexpr node self = P::graph()[node_id];
    static constexpr int carries = self.numbers[0], sequences = self.numbers[1], outputs = self.numbers[2], given = self.numbers[5];
    static constexpr bool backward = (self.numbers[3] & 1) != 0;
    using step = program<make_step_graph<typename P::make, self.numbers[4]>, carries + outputs>;

    counted<std::int16_t, given> operands{};                       ///< Nodes of `P`: carries, sequences, what stays the same.
    counted<location, carries + outputs> results{};                ///< Nowhere: a last carry that is not used.
    counted<std::int16_t, step::plan.leaf_count> leaves{};         ///< Which operand a leaf of the step is, or is an element of.
    counted<std::int16_t, step::plan.dimensions.count> sizes_at{}; ///< Where the named dimensions of the step stand.

    constexpr scan_plan() {
        const graph_view g = P::graph();
        const list<int> all = unpacked(g, self.inputs[0], given);
        for (int i = 0; i < given; ++i) operands[i] = static_cast<std::int16_t>(all[i]);
        for (int id = node_id; id < g.size; ++id)
            if (g[id].op->kind == op_kind::element && g[id].inputs[0] == node_id) results[g[id].numbers[0]] = P::plan.places[id];
        for (int i = 0; i < step::plan.leaf_count; ++i)
            leaves[i] = static_cast<std::int16_t>(step::graph()[step::plan.leaves[i]].numbers[0]);
        for (int i = 0; i < step::plan.dimensions.count; ++i)
            sizes_at[i] = static_cast<std::int16_t>(P::plan.dimensions.index_of(step::plan.dimensions.names[i]));
    }

    constexpr bool is_kept(int carry) const { return results[carry].where != place::nowhere; }
    constexpr const node& operand(int i) const { return P::graph()[operands[i]]; }
    /// How many elements a step is given of operand `i`.
    constexpr extent_product given_elements(int i) const {
        const attributes& whole = operand(i);
        const bool in_parts = i >= carries && i < carries + sequences;
        return ctgrad::size_of(in_parts ? of_one_step(whole).shape : whole.shape, P::plan.dimensions);
    }
    static constexpr extent_product made_elements(int r) { return ctgrad::size_of(step::graph().root(r).shape, P::plan.dimensions); }
    static constexpr extent_product length() { return extent_of(self.shape[0], P::plan.dimensions); }

    constexpr std::size_t given_bytes(int i, const std::int64_t* sizes) const { return bytes(given_elements(i), operand(i).type, sizes); }
    /// The bytes of places for carries beside those of the results: a second place for each, and a first one where its last
    /// value is not used.
    constexpr std::size_t room_for_carries(const std::int64_t* sizes) const {
        std::size_t room = 0;
        for (int c = 0; c < carries; ++c) room += (is_kept(c) ? 1u : 2u) * aligned(given_bytes(c, sizes));
        return room;
    }

    static constexpr std::size_t bytes(const extent_product& elements, dtype type, const std::int64_t* sizes) {
        return static_cast<std::size_t>(size_sum::value_of(elements, sizes)) * ctgrad::size_of(type);
    }
};
template <class P, int S>
inline constexpr scan_plan<P, S> scan_plan_of{};

/// The sizes of the named dimensions of the step, from those of the program.
template <class P, int S>
struct step_sizes {
    std::int64_t of[max_named_dimensions]{};
    constexpr explicit step_sizes(const std::int64_t* sizes) {
        for (int i = 0; i < scan_plan<P, S>::step::plan.dimensions.count; ++i) of[i] = sizes[scan_plan_of<P, S>.sizes_at[i]];
    }
};

template <class P>
inline constexpr bool has_scan_kernels = [] {
    for (const kernel& each : P::plan.kernels)
        if (each.kind == kernel_kind::scan) return true;
    return false;
}();
/// Calls `visit.operator()<S>()` for each kernel that is a scan.
template <class P, class Visit>
constexpr void for_each_scan(Visit visit) {
    [&]<int... S>(std::integer_sequence<int, S...>) {
        auto ask = [&]<int I>(std::integral_constant<int, I>) {
            if constexpr (P::plan.kernels[I].kind == kernel_kind::scan) visit.template operator()<I>();
        };
        (ask(std::integral_constant<int, S>{}), ...);
    }(std::make_integer_sequence<int, P::plan.kernel_count>{});
}

} // namespace ctgrad::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/kernel/arguments.hpp>
#include <ctgrad/kernel/unrolled.hpp>
#include <ctgrad/plan/program.hpp>
#include <ctgrad/plan/size_sum.hpp>

#include <cstring>

namespace ctgrad::detail {

template <class P>
struct workspace_layout;
template <class P, class Executor>
inline void run_kernels(const arguments& a, const Executor& on);

/// Kernel `S` of program `P`, a scan: a program that is run once a step. A carry is read where its first value lies, then written
/// now here and now there, so that its last value comes where the plan wants it.
template <class P, int S>
struct scan_kernel {
    static constexpr node self = P::graph()[P::plan.kernels[S].node];
    static constexpr int carries = self.numbers[0], sequences = self.numbers[1], outputs = self.numbers[2], given = self.numbers[5];
    static constexpr bool backward = self.numbers[3] != 0;
    using step = program<make_step_graph<typename P::make, self.numbers[4]>, carries + outputs>;

private:
    static constexpr const node& operand(int i) { return P::graph()[facts.operands[i]]; }

    struct found {
        counted<std::int16_t, given> operands{};
        counted<location, carries + outputs> results{};             ///< Nowhere: a last carry that is not used.
        counted<std::int16_t, step::plan.leaf_count> leaves{};      ///< Which operand a leaf of the step is, or is an element of.
        counted<std::int16_t, step::plan.dimensions.count> sizes{}; ///< Where the named dimensions of the step stand.

        constexpr found() {
            const graph_view g = P::graph();
            const list<int> all = unpacked(g, self.inputs[0], given);
            for (int i = 0; i < given; ++i) operands[i] = static_cast<std::int16_t>(all[i]);
            for (int id = P::plan.kernels[S].node; id < g.size; ++id)
                if (g[id].op->kind == op_kind::element && g[id].inputs[0] == P::plan.kernels[S].node)
                    results[g[id].numbers[0]] = P::plan.places[id];
            for (int i = 0; i < step::plan.leaf_count; ++i)
                leaves[i] = static_cast<std::int16_t>(step::graph()[step::plan.leaves[i]].numbers[0]);
            for (int i = 0; i < step::plan.dimensions.count; ++i)
                sizes[i] = static_cast<std::int16_t>(P::plan.dimensions.index_of(step::plan.dimensions.names[i]));
        }
    };
    static constexpr found facts{};

    /// The bytes of node `n`, or of one element of it along the first axis.
    static constexpr std::size_t bytes_of(extent_product elements, dtype type, const std::int64_t* sizes) {
        return static_cast<std::size_t>(size_sum::value_of(elements, sizes)) * ctgrad::size_of(type);
    }
    template <int I>
    static constexpr extent_product elements_of_operand = [] {
        tensor_shape each = operand(I).shape;
        if (I >= carries && I < carries + sequences) each = of_one_step(operand(I)).shape;
        return ctgrad::size_of(each, P::plan.dimensions);
    }();
    template <int I>
    static constexpr std::size_t operand_bytes(const std::int64_t* sizes) {
        return bytes_of(elements_of_operand<I>, operand(I).type, sizes);
    }
    template <int R>
    static constexpr const node& made = step::graph().root(R);
    template <int R>
    static constexpr std::size_t output_bytes(const std::int64_t* sizes) {
        constexpr extent_product elements = ctgrad::size_of(made<R>.shape, P::plan.dimensions);
        return bytes_of(elements, made<R>.type, sizes);
    }
    static constexpr bool is_kept(int c) { return facts.results[c].where != place::nowhere; }

    struct step_sizes {
        std::int64_t of[step::plan.dimensions.count + 1]{};
        constexpr explicit step_sizes(const std::int64_t* sizes) {
            for (int i = 0; i < step::plan.dimensions.count; ++i) of[i] = sizes[facts.sizes[i]];
        }
    };

public:
    static constexpr bool has_static_room = [] {
        bool fixed = workspace_layout<step>::is_static;
        unrolled(up_to<carries>, [&]<int C>() { fixed = fixed && elements_of_operand<C>.is_static(); });
        return fixed;
    }();
    /// The bytes beside the regions: a second place for each carry, a first one where its last value is not used, and the
    /// workspace of the step.
    static constexpr std::size_t room(const std::int64_t* sizes) {
        std::size_t bytes = workspace_layout<step>(step_sizes(sizes).of).size();
        unrolled(up_to<carries>, [&]<int C>() { bytes += (is_kept(C) ? 1u : 2u) * aligned(operand_bytes<C>(sizes)); });
        return bytes;
    }

    template <class Executor>
    [[gnu::noinline, CTGRAD_OPTIMIZED]] static void run(const arguments& a, const Executor& on) {
        std::byte* room = a.workspace + a.region_offsets[P::plan.region_count + 1];
        counted<const std::byte*, carries> current{};
        counted<std::byte*, carries> places[2]{}; // the last step writes to the first ones
        unrolled(up_to<carries>, [&]<int C>() __attribute__((always_inline)) {
            current[C] = address<C>(a);
            for (int k = 0; k < 2; ++k)
                if (k == 0 && is_kept(C))
                    places[k][C] = a.template address<std::byte>(facts.results[C]);
                else {
                    places[k][C] = room;
                    room += aligned(operand_bytes<C>(a.sizes));
                }
        });
        const step_sizes sizes(a.sizes);
        const workspace_layout<step> layout(sizes.of);
        counted<const void*, step::plan.leaf_count> leaves{};
        counted<void*, carries + outputs> results{};
        const arguments of_step{leaves, results, sizes.of, room, layout.offsets};
        const std::int64_t length = value_of<extent_of(self.shape[0], P::plan.dimensions)>(a.sizes);
        for (std::int64_t t = 0; t < length; ++t) {
            const auto at = static_cast<std::size_t>(backward ? length - 1 - t : t);
            const auto& next = places[(length - 1 - t) & 1];
            unrolled(up_to<step::plan.leaf_count>, [&]<int L>() __attribute__((always_inline)) {
                constexpr int i = facts.leaves[L];
                if constexpr (i < carries)
                    leaves[L] = current[i];
                else if constexpr (i < carries + sequences)
                    leaves[L] = address<i>(a) + at * operand_bytes<i>(a.sizes);
                else
                    leaves[L] = address<i>(a);
            });
            unrolled(up_to<carries>, [&]<int C>() __attribute__((always_inline)) { results[C] = next[C]; });
            unrolled(up_to<outputs>, [&]<int O>() __attribute__((always_inline)) {
                constexpr int r = carries + O;
                results[r] = a.template address<std::byte>(facts.results[r]) + at * output_bytes<r>(a.sizes);
            });
            run_kernels<step>(of_step, on);
            unrolled(up_to<carries>, [&]<int C>() __attribute__((always_inline)) { current[C] = next[C]; });
        }
        if (length == 0)
            unrolled(up_to<carries>, [&]<int C>() __attribute__((always_inline)) {
                if (is_kept(C)) std::memcpy(places[0][C], current[C], operand_bytes<C>(a.sizes));
            });
    }

private:
    template <int I>
    [[gnu::always_inline]] static const std::byte* address(const arguments& a) {
        return a.template address<const std::byte>(P::plan.places[facts.operands[I]]);
    }
};

/// Calls `visit` with each scan of program `P`.
template <class P, class Visit>
constexpr void for_each_scan(Visit visit) {
    unrolled(up_to<P::plan.kernel_count>, [&]<int S>() {
        if constexpr (P::plan.kernels[S].kind == kernel_kind::scan) visit(scan_kernel<P, S>{});
    });
}
template <class P>
inline constexpr bool has_scan_kernels = [] {
    for (const kernel& each : P::plan.kernels)
        if (each.kind == kernel_kind::scan) return true;
    return false;
}();
/// The bytes beside the regions for one scan after the other.
template <class P>
constexpr std::size_t room_for_scans(const std::int64_t* sizes) {
    std::size_t most = 0;
    for_each_scan<P>([&]<class Scan>(Scan) { most = Scan::room(sizes) > most ? Scan::room(sizes) : most; });
    return most;
}
template <class P>
inline constexpr bool has_scans_of_static_room = [] {
    bool fixed = true;
    for_each_scan<P>([&]<class Scan>(Scan) { fixed = fixed && Scan::has_static_room; });
    return fixed;
}();

} // namespace ctgrad::detail

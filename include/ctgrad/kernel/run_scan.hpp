// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/kernel/arguments.hpp>
#include <ctgrad/kernel/unrolled.hpp>
#include <ctgrad/plan/scan_plan.hpp>

#include <cstring>

namespace ctgrad::detail {

template <class P>
struct workspace_layout;
template <class P, class Executor>
inline void run_kernels(const arguments& a, const Executor& on);

/// Runs kernel `S` of program `P`, a scan: a program that is run once a step. A carry is read where its first value lies, then written
/// now here and now there, so that its last value comes where the plan wants it.
template <class P, int S>
struct scan_runner {
    using plan = scan_plan<P, S>;
    using step = typename plan::step;
    static constexpr const plan& self = scan_plan_of<P, S>;
    static constexpr int carries = plan::carries, sequences = plan::sequences, outputs = plan::outputs;

    template <class Executor>
    [[gnu::noinline, CTGRAD_OPTIMIZED]] static void run(const arguments& a, const Executor& on) {
        std::byte* room = a.workspace + a.region_offsets[P::plan.region_count + 1];
        counted<const std::byte*, carries> current{};
        counted<std::byte*, carries> places[2]{}; // the last step writes to the first ones
        unrolled(up_to<carries>, [&]<int C>() __attribute__((always_inline)) {
            current[C] = operand<C>(a);
            for (int k = 0; k < 2; ++k)
                if (k == 0 && self.is_kept(C))
                    places[k][C] = a.template address<std::byte>(self.results[C]);
                else {
                    places[k][C] = room;
                    room += aligned(given_bytes<C>(a));
                }
        });
        const step_sizes<P, S> sizes(a.sizes);
        const workspace_layout<step> layout(sizes.of);
        counted<const void*, step::plan.leaf_count> leaves{};
        counted<void*, carries + outputs> results{};
        const arguments of_step{leaves, results, sizes.of, room, layout.offsets};
        const std::int64_t length = value_of<plan::length()>(a.sizes);
        for (std::int64_t t = 0; t < length; ++t) {
            const auto at = static_cast<std::size_t>(plan::backward ? length - 1 - t : t);
            const auto& next = places[(length - 1 - t) & 1];
            unrolled(up_to<step::plan.leaf_count>, [&]<int L>() __attribute__((always_inline)) {
                constexpr int i = self.leaves[L];
                if constexpr (i < carries)
                    leaves[L] = current[i];
                else if constexpr (i < carries + sequences)
                    leaves[L] = operand<i>(a) + at * given_bytes<i>(a);
                else
                    leaves[L] = operand<i>(a);
            });
            unrolled(up_to<carries>, [&]<int C>() __attribute__((always_inline)) { results[C] = next[C]; });
            unrolled(up_to<outputs>, [&]<int O>() __attribute__((always_inline)) {
                constexpr int r = carries + O;
                results[r] = a.template address<std::byte>(self.results[r]) + at * made_bytes<r>(a);
            });
            run_kernels<step>(of_step, on);
            unrolled(up_to<carries>, [&]<int C>() __attribute__((always_inline)) { current[C] = next[C]; });
        }
        if (length == 0)
            unrolled(up_to<carries>, [&]<int C>() __attribute__((always_inline)) {
                if (self.is_kept(C)) std::memcpy(places[0][C], current[C], given_bytes<C>(a));
            });
    }

private:
    template <int I>
    [[gnu::always_inline]] static const std::byte* operand(const arguments& a) {
        return a.template address<const std::byte>(P::plan.places[self.operands[I]]);
    }
    template <int I>
    [[gnu::always_inline]] static std::size_t given_bytes(const arguments& a) {
        return static_cast<std::size_t>(value_of<self.given_elements(I)>(a.sizes)) * ctgrad::size_of(self.operand(I).type);
    }
    template <int R>
    [[gnu::always_inline]] static std::size_t made_bytes(const arguments& a) {
        return static_cast<std::size_t>(value_of<plan::made_elements(R)>(a.sizes)) * ctgrad::size_of(step::graph().root(R).type);
    }
};

/// The bytes beside the regions for one scan after the other: places for carries, and the workspace of the step.
template <class P>
constexpr std::size_t room_for_scans(const std::int64_t* sizes) {
    std::size_t most = 0;
    for_each_scan<P>([&]<int S>() {
        const std::size_t room = scan_plan_of<P, S>.room_for_carries(sizes) +
                                 workspace_layout<typename scan_plan<P, S>::step>(step_sizes<P, S>(sizes).of).size();
        most = room > most ? room : most;
    });
    return most;
}
template <class P>
inline constexpr bool has_scans_of_static_room = [] {
    bool fixed = true;
    for_each_scan<P>([&]<int S>() {
        using plan = scan_plan<P, S>;
        fixed = fixed && workspace_layout<typename plan::step>::is_static;
        for (int c = 0; c < plan::carries; ++c) fixed = fixed && scan_plan_of<P, S>.given_elements(c).is_static();
    });
    return fixed;
}();

} // namespace ctgrad::detail

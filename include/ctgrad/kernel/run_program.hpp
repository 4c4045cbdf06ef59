// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/kernel/contraction.hpp>
#include <ctgrad/kernel/run_loop.hpp>
#include <ctgrad/plan/program.hpp>

namespace ctgrad {

namespace detail {

/// The byte offset of each slot, and behind them the size of the whole workspace.
template <class P>
struct workspace_layout {
    static constexpr int count = P::plan.slot_count;
    /// Whether the sizes of named dimensions make no difference.
    static constexpr bool is_static = [] {
        for (int i = 0; i < count; ++i)
            if (!P::plan.slots[i].size.is_static()) return false;
        return true;
    }();
    counted<std::size_t, count + 1> offsets{};

    constexpr explicit workspace_layout(const std::int64_t* sizes) {
        for_each_constant<count>([&]<int I>(std::integral_constant<int, I>) {
            const std::size_t elements = static_cast<std::size_t>(value_of<P::plan.slots[I].size>(sizes));
            offsets[I + 1] = offsets[I] + aligned(elements * ctgrad::size_of(P::plan.slots[I].type));
        });
    }
    constexpr std::size_t size() const { return offsets[count]; }
};

template <class P, int S>
inline void run_general(const arguments& a) {
    constexpr step self = P::plan.steps[S];
    constexpr node n = P::graph()[self.node];
    using op = op_type<n.op>;
    [&]<int... K>(std::integer_sequence<int, K...>) {
        op::evaluate(n, strided_result<P, S>(a), strided_over<P, n.inputs[K]>(a)...);
    }(std::make_integer_sequence<int, op::arity>{});
}

template <class P, int S>
[[gnu::always_inline]] inline void run_step(const arguments& a) {
    constexpr step_kind kind = P::plan.steps[S].kind;
    if constexpr (kind == step_kind::contraction)
        run_contraction<contraction_step<P, S>>(a);
    else if constexpr (P::plan.steps[S].driver >= 0)
        run_contraction<driven_loop_step<P, S>>(a);
    else if constexpr (kind == step_kind::general)
        run_general<P, S>(a);
    else
        loop_runner<P, S>::run(a);
}

} // namespace detail

/// Runs all steps of program `P` in order. Nothing is allocated.
template <class P>
inline void run_program(const detail::arguments& a) {
    detail::for_each_constant<P::plan.step_count>(
        [&]<int S>(std::integral_constant<int, S>) __attribute__((always_inline)) { detail::run_step<P, S>(a); });
}

} // namespace ctgrad

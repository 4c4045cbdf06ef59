// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/minimum.hpp>

namespace ctgrad {

/// `x` limited to [low, high], element by element: min(max(x, low), high).
/// @returns the common shape and dtype. Derivative: 1 inside and at a bound, else 0.
/// **Fails when** shapes do not broadcast or dtypes differ (`shapes_must_broadcast`, `dtypes_must_match`). Source: `tf.clip_by_value`.
struct clip_by_value_function {
    template <operand_or_number X, operand_or_number Low, operand_or_number High>
    constexpr auto operator()(X x, Low low, High high) const {
        constexpr fault below = detail::fault_on<maximum_op, no_options, X, Low>();
        constexpr fault found = below != fault::none ? below : detail::fault_on<minimum_op, no_options, X, High>();
        if constexpr (!(operand<X> && operand<Low> && operand<High>) && !with_node<X, Low, High>)
            return broken<fault::number_must_be_a_literal, "clip_by_value", detail::number_shown<X, Low, High>>;
        else if constexpr (found != fault::none)
            return broken<found, "clip_by_value", facts_shown<found, X>, facts_shown<found, Low>, facts_shown<found, High>>;
        else
            return apply<minimum_op>(apply<maximum_op>(x, low), high);
    }
};
inline constexpr clip_by_value_function clip_by_value{};

} // namespace ctgrad

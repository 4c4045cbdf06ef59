// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/minimum.hpp>

namespace ctgrad {

/// `x` limited to [low, high], element by element: min(max(x, low), high).
/// @returns the common shape and dtype. Derivative: 1 inside and at a bound, else 0.
/// **Fails when** shapes do not broadcast or dtypes differ (`shapes_must_broadcast`, `dtypes_must_match`).
struct clip_by_value_function {
    template <operand_or_number X, operand_or_number Low, operand_or_number High>
    constexpr auto operator()(X x, Low low, High high) const {
        return apply<minimum_op>(apply<maximum_op>(x, low), high);
    }
};
inline constexpr clip_by_value_function clip_by_value{};

} // namespace ctgrad

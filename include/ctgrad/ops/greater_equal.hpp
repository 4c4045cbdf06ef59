// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>

namespace ctgrad {

struct greater_equal_op : elementwise_op<2> {
    static constexpr char name[] = "greater_equal";
    static constexpr result_type result = result_type::boolean;

    static constexpr auto evaluate(auto a, auto b) { return a >= b; }
};

/// Greater or equal: a >= b, element by element.
/// @returns a mask of the operands' common shape. It has no derivative.
/// **Fails when** the shapes do not broadcast or the dtypes differ (`shapes_must_broadcast`, `dtypes_must_match`).
/// Source: `tf.math.greater_equal`.
inline constexpr op_function<greater_equal_op> greater_equal{};

} // namespace ctgrad

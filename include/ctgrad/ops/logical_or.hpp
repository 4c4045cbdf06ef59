// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>

namespace ctgrad {

struct logical_or_op : elementwise_op<2> {
    static constexpr char name[] = "logical_or";
    static constexpr domain accepts = domain::any;
    static constexpr result_type result = result_type::boolean;
    static constexpr unsigned boolean_inputs = 3;
    static constexpr bool commutative = true;

    static constexpr auto evaluate(auto a, auto b) { return a | b; }
};

/// Whether either mask holds, also written `a || b`, element by element.
/// @returns a mask of the common shape. It has no derivative.
/// **Fails when** an operand is no mask (`dtype_must_be_boolean`) or the shapes do not broadcast. Source: `tf.math.logical_or`.
inline constexpr op_function<logical_or_op> logical_or{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>

namespace ctgrad {

struct logical_and_op : elementwise_op<2> {
    static constexpr char name[] = "logical_and";
    static constexpr domain accepts = domain::any;
    static constexpr result_type result = result_type::boolean;
    static constexpr unsigned boolean_inputs = 3;
    static constexpr bool commutative = true;

    static constexpr auto evaluate(auto a, auto b) { return a & b; }
};

/// Whether both masks hold, also written `a && b`, element by element.
/// @returns a mask of the common shape. It has no derivative.
/// **Fails when** an operand is no mask (`dtype_must_be_boolean`) or the shapes do not broadcast. Source: `tf.math.logical_and`.
inline constexpr op_function<logical_and_op> logical_and{};

} // namespace ctgrad

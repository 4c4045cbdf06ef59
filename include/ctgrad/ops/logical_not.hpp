// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>

namespace ctgrad {

struct logical_not_op : elementwise_op<1> {
    static constexpr char name[] = "logical_not";
    static constexpr domain accepts = domain::any;
    static constexpr result_type result = result_type::boolean;
    static constexpr unsigned boolean_inputs = 1;

    static constexpr auto evaluate(auto x) { return !x; }
};

/// The opposite mask, also written `!a`, element by element.
/// @returns a mask of the common shape. It has no derivative.
/// **Fails when** an operand is no mask (`dtype_must_be_boolean`) or the shapes do not broadcast. Source: `tf.math.logical_not`.
inline constexpr op_function<logical_not_op> logical_not{};

} // namespace ctgrad

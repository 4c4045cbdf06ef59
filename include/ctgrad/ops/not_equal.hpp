// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>

namespace ctgrad {

struct not_equal_op : elementwise_op<2> {
    static constexpr char name[] = "not_equal";
    static constexpr result_type result = result_type::boolean;
    static constexpr bool commutative = true;

    static constexpr domain accepts = domain::any;

    static constexpr auto evaluate(auto a, auto b) {
        if constexpr (requires { a != b; })
            return a != b;
        else
            return a ^ b; // masks
    }
};

/// Inequality: a != b, element by element.
/// @returns a mask of the operands' common shape. It has no derivative.
/// **Fails when** the shapes do not broadcast or the dtypes differ (`shapes_must_broadcast`, `dtypes_must_match`).
/// Source: `tf.math.not_equal`.
inline constexpr op_function<not_equal_op> not_equal{};

} // namespace ctgrad

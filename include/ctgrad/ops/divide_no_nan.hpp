// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad {

/// The quotient, but 0 where `y` is 0, element by element: x / y.
/// @returns the common shape of the operands (one may be repeated to fill the other) and their dtype.
/// Derivatives: 1/y, -x/y^2; 0 where `y` is 0.
/// **Fails when** the shapes do not broadcast, both would have to expand, or the dtypes differ or are not floating
/// (`shapes_must_broadcast`, `broadcast_must_expand_one_side`, `dtypes_must_match`, `dtype_must_be_floating`).
/// Source: `tf.math.divide_no_nan`.
struct divide_no_nan_function {
    template <operand X, operand Y>
    constexpr auto operator()(X x, Y y) const {
        const auto is_zero = equal(y, literal<0>{});
        return where(is_zero, literal<0>{}, divide(x, where(is_zero, literal<detail::number_bits(1.0)>{}, y)));
    }
};
inline constexpr divide_no_nan_function divide_no_nan{};

/// The square of the difference, element by element: (x - y)^2.
/// @returns the common shape of the operands (one may be repeated to fill the other) and their dtype.
/// Derivatives: 2 (x - y), -2 (x - y).
/// **Fails when** the shapes do not broadcast, both would have to expand, or the dtypes differ (`shapes_must_broadcast`,
/// `broadcast_must_expand_one_side`, `dtypes_must_match`). Source: `tf.math.squared_difference`.
struct squared_difference_function {
    template <operand X, operand Y>
    constexpr auto operator()(X x, Y y) const {
        return square(subtract(x, y));
    }
};
inline constexpr squared_difference_function squared_difference{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/negative.hpp>
#include <ctgrad/simd/vec.hpp>

namespace ctgrad {

struct subtract_op : elementwise_op<2> {
    static constexpr char name[] = "subtract";
    static constexpr bool is_arithmetic = true;

    static constexpr auto evaluate(auto a, auto b) { CTGRAD_FUSES return a - b; }
    static constexpr ref derivative(const auto& at) { return at.wrt == 0 ? at.dy : -at.dy; }
};

/// The difference, also written `a - b`, element by element: a - b.
/// @returns the common shape of the operands (one may be repeated to fill the other) and their dtype.
/// Derivatives: 1, -1.
/// **Fails when** the shapes do not broadcast, both would have to expand, or the dtypes differ
/// (`shapes_must_broadcast`, `broadcast_must_expand_one_side`, `dtypes_must_match`). Source: `tf.math.subtract`.
inline constexpr op_function<subtract_op> subtract{};

} // namespace ctgrad

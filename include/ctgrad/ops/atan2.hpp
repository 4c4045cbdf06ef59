// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/hypot.hpp>
#include <ctgrad/simd/inverse_trigonometric.hpp>

namespace ctgrad {

struct atan2_op : elementwise_op<2> {
    static constexpr char name[] = "atan2";
    static constexpr int flops = 90;
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true;

    static constexpr auto evaluate(auto y, auto x) { return simd::atan2(y, x); }
    /// x / (x^2 + y^2) and -y / (x^2 + y^2), without the squares.
    static constexpr ref derivative(const auto& at) {
        const ref length = apply<hypot_op>(at.x(0), at.x(1));
        const ref across = at.dy * (at.x(1 - at.wrt) / length) / length;
        return at.wrt == 0 ? across : -across;
    }
};

/// The angle of the point (x, y), element by element: in [-pi, pi], in the quadrant of the point; `atan2(y, x)`.
/// @returns the common shape of the operands (one may be repeated to fill the other) and their dtype.
/// Derivatives: x / (x^2 + y^2) and -y / (x^2 + y^2), NaN at the origin as in TensorFlow.
/// **Fails when** the shapes do not broadcast, both would have to expand, or the dtypes differ or are not floating
/// (`shapes_must_broadcast`, `broadcast_must_expand_one_side`, `dtypes_must_match`, `dtype_must_be_floating`). Source: `tf.math.atan2`.
inline constexpr op_function<atan2_op> atan2{};

} // namespace ctgrad

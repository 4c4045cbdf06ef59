// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/gaussian.hpp>

namespace ctgrad {

struct erfc_op : elementwise_op<1> {
    static constexpr char name[] = "erfc";
    static constexpr int flops = 80;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::erfc(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * (-1.1283791670955126 * apply<gaussian_op>(at.x())); }
};

/// The complementary error function, element by element: 1 - erf(x), with all digits also where that is small.
/// @returns the shape and dtype of `x`. Derivative: -2/sqrt(pi) e^(-x^2).
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.erfc`.
inline constexpr op_function<erfc_op> erfc{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/digamma.hpp>

namespace ctgrad {

struct lgamma_op : elementwise_op<1> {
    static constexpr char name[] = "lgamma";
    static constexpr int flops = 200;
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true;

    static constexpr auto evaluate(auto x) { return simd::lgamma(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * apply<digamma_op>(at.x()); }
};

/// The logarithm of the magnitude of the gamma function, element by element: ln |gamma(x)|, ln((x - 1)!) for whole x.
/// @returns the shape and dtype of `x`; infinite at 0 and at whole numbers below. Derivative: digamma(x).
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.lgamma`.
inline constexpr op_function<lgamma_op> lgamma{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/gaussian.hpp>
#include <ctgrad/ops/square.hpp>

namespace ctgrad {

struct ndtr_op : elementwise_op<1> {
    static constexpr char name[] = "ndtr";
    static constexpr int flops = 80;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::ndtr(x); }
    /// The square of e^(-x^2/4), as x/2 is exact and x/sqrt 2 is not.
    static constexpr ref derivative(const auto& at) {
        return at.dy * (0.3989422804014327 * apply<square_op>(apply<gaussian_op>(0.5 * at.x())));
    }
};

/// The probability that a normal number (mean 0, variance 1) is less than `x`, element by element: erfc(-x / sqrt 2) / 2, with
/// all digits also where that is small. Source of the name: Cephes; JAX, `jax.scipy.special.ndtr`.
/// @returns the shape and dtype of `x`. Derivative: e^(-x^2/2) / sqrt(2 pi).
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`).
inline constexpr op_function<ndtr_op> ndtr{};

} // namespace ctgrad

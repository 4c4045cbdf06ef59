// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/exp.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct erf_op : elementwise_op<1> {
    static constexpr char name[] = "erf";
    static constexpr int flops = 60;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::erf(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * (1.1283791670955126 * apply<exp_op>(-(at.x() * at.x()))); }
};

/// The error function, element by element: 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x.
/// @returns the shape and dtype of `x`. Derivative: 2/sqrt(pi) e^(-x^2).
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`). Source: `tf.math.erf`.
inline constexpr op_function<erf_op> erf{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct sin_op;

struct cos_op : elementwise_op<1> {
    static constexpr std::string_view name = "cos";
    static constexpr int flops = 55;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::cos(x); }
    static constexpr ref derivative(const auto& at) { return -(at.dy * apply<sin_op>(at.x())); }
};

/// The cosine, element by element: cos x, x in radians.
/// @returns the shape and dtype of `x`. Derivative: -sin x.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`).
inline constexpr op_function<cos_op> cos{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/greater.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

// An op of its own, and not maximum(0, x), since of its result alone its derivative can be told, and it is one
// instruction with 0 as the second operand.
struct relu_op : elementwise_op<1> {
    static constexpr std::string_view name = "relu";

    static constexpr auto evaluate(auto x) { return simd::max(x, decltype(x)(0)); }
    static constexpr ref derivative(const auto& at) { return apply<where_op>(apply<greater_op>(at.y, 0.0), at.dy, 0.0); }
};

/// The rectifier, element by element: max(x, 0).
/// @returns the shape and dtype of `x`. Derivative: 1 where x > 0, else 0 (0 at 0).
/// **Fails when** `x` is a mask (`dtype_must_be_numeric`).
inline constexpr op_function<relu_op> relu{};

} // namespace ctgrad

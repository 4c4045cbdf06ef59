// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/greater.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

/// The rectifier, element by element: max(x, 0). Its function is `relu`, in the layer nn.
// An op of its own, and not maximum(0, x), since of its result alone its derivative can be told, and it is one
// instruction with 0 as the second operand.
struct relu_op : elementwise_op<1> {
    static constexpr char name[] = "relu";

    static constexpr auto evaluate(auto x) { return simd::max(x, decltype(x)(0)); }
    static constexpr bool may_vanish(const auto&) { return true; }
    static constexpr ref derivative(const auto& at) { return apply<where_op>(apply<greater_op>(at.y, 0.0), at.dy, 0.0); }
};

} // namespace ctgrad

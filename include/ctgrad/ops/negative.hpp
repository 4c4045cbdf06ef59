// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>

namespace ctgrad {

struct negative_op : elementwise_op<1> {
    static constexpr std::string_view name = "negative";

    static constexpr auto evaluate(auto x) { return -x; }
    static constexpr ref derivative(const auto& at) { return -at.dy; }
    static constexpr ref simplify(const auto& at) {
        const auto x = at.x();
        if (x->op == at.draft.op) return x.input(0);
        return {};
    }
};

/// The negative, also written `-x`, element by element: -x.
/// @returns the shape and dtype of `x`. Derivative: -1.
/// **Fails when** `x` is a mask (`dtype_must_be_numeric`).
inline constexpr op_function<negative_op> negative{};

} // namespace ctgrad

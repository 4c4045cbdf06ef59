// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd.hpp>

#include <type_traits>

namespace ctgrad {

/// How far x lies below the largest element m, as a number of at most 0, element by element: x - m, and 0 where they are
/// equal, though both be infinite. Derivatives: 1; m is a constant to it.
struct shift_below_op : elementwise_op<2> {
    static constexpr char name[] = "shift_below";
    static constexpr domain accepts = domain::floating;
    static constexpr unsigned differentiable_inputs = 1;

    static constexpr auto evaluate(auto x, auto m) {
        if constexpr (std::is_arithmetic_v<decltype(x)>)
            return x == m ? decltype(x)(0) : x - m;
        else
            return simd::select(x != m, x - m, decltype(x)(0));
    }
    static constexpr ref derivative(const auto& at) { return at.dy; }
};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd.hpp>

#include <type_traits>

namespace ctgrad {

/// The product, but 0 where either factor is 0, even if the other is infinite or NaN, element by element: x y. Derivatives
/// of `multiply_no_nan` are made of it.
struct annihilating_multiply_op : elementwise_op<2> {
    static constexpr char name[] = "annihilating_multiply";
    static constexpr int flops = 3;
    static constexpr domain accepts = domain::floating;
    static constexpr bool commutative = true;
    static constexpr bool keeps_zeros = true;

    static constexpr auto evaluate(auto x, auto y) {
        const decltype(y) zero(0);
        if constexpr (std::is_arithmetic_v<decltype(y)>)
            return x == zero || y == zero ? zero : x * y;
        else
            return simd::select(x != zero, simd::select(y != zero, x * y, zero), zero);
    }
    static constexpr ref derivative(const auto& at) { return apply<annihilating_multiply_op>(attributes{}, at.dy, at.x(1 - at.wrt)); }
    static constexpr bool may_vanish(const auto&) { return true; }
};

} // namespace ctgrad

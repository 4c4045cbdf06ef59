// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/simd/erfc.hpp>

namespace ctgrad {

/// e^(-x^2), the slope of erfc and ndtr, with all digits until it underflows: what exp(-(x * x)) loses is the last digit of x^2,
/// which is the last hundred of the result where that is small. Derivative: -2 x y.
struct gaussian_op : elementwise_op<1> {
    static constexpr char name[] = "gaussian";
    static constexpr int flops = 35;
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true; // at infinity, 0 times it

    static constexpr auto evaluate(auto x) { return simd::gaussian(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * (at.y * (-2.0 * at.x())); }
};

} // namespace ctgrad

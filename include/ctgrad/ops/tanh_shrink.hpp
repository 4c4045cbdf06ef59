// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/tanh.hpp>
#include <ctgrad/simd/tanh_shrink.hpp>

namespace ctgrad {

/// x - tanh x, what the activation `tanh_shrink` is: x^3 / 3 near 0, where the difference would have no digit.
/// Derivative: the square of tanh x.
struct tanh_shrink_op : elementwise_op<1> {
    static constexpr char name[] = "tanh_shrink";
    static constexpr int flops = 60;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::tanh_shrink(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * apply<square_op>(apply<tanh_op>(at.x())); }
};

} // namespace ctgrad

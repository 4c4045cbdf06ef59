// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/tanh.hpp>
#include <ctgrad/simd/log_cosh.hpp>

namespace ctgrad {

/// ln(cosh x), what the loss `log_cosh` is made of: x^2 / 2 near 0, where |x| + softplus(-2|x|) - ln 2 would have no digit.
/// Derivative: tanh x.
struct logcosh_op : elementwise_op<1> {
    static constexpr char name[] = "logcosh";
    static constexpr int flops = 60;
    static constexpr domain accepts = domain::floating;

    static constexpr auto evaluate(auto x) { return simd::log_cosh(x); }
    static constexpr ref derivative(const auto& at) { return at.dy * apply<tanh_op>(at.x()); }
};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/logcosh.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

namespace detail {

struct log_cosh_formula : loss_formula {
    static constexpr char name[] = "log_cosh";
    static constexpr auto defaults = loss_options();

    static constexpr auto of(auto how, auto t, auto p) { return reduce_mean(apply<logcosh_op>(p - t), how.axis()); }
};

} // namespace detail

/// The mean of ln cosh(p - t) along the last axis, computed as e + softplus(-2 e) - ln 2.
/// Derivative: dp = tanh(p - t) / n. Source: Keras, `LogCosh`.
inline constexpr loss_function<detail::log_cosh_formula> log_cosh{};

} // namespace ctgrad

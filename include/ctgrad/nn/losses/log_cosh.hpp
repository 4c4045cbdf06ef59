// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/softplus.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

namespace detail {

struct log_cosh_formula : loss_formula {
    static constexpr std::string_view name = "log_cosh";
    static constexpr auto defaults = loss_options();

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        const auto e = p - t;
        return reduce_mean(e + softplus(-2_c * e) - 0.6931471805599453_c, how.axis());
    }
};

} // namespace detail

/// The mean of ln cosh(p - t) along the last axis, computed as e + softplus(-2 e) - ln 2.
/// Derivative: dp = tanh(p - t) / n. Source: Keras, `LogCosh`.
inline constexpr loss_function<detail::log_cosh_formula> log_cosh{};

} // namespace ctgrad

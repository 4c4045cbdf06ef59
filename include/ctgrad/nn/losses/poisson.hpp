// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/log.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

namespace detail {

struct poisson_formula : loss_formula {
    static constexpr char name[] = "poisson";
    static constexpr auto defaults = loss_options();

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        return reduce_mean(p - t * log(p + 1e-7_c), how.axis());
    }
};

} // namespace detail

/// The mean of p - t ln(p + 1e-7) along the last axis: p is the mean of a Poisson distribution, above 0.
/// Derivative: dp = (1 - t / (p + 1e-7)) / n.
/// Source: Keras, `Poisson`.
inline constexpr loss_function<detail::poisson_formula> poisson{};

} // namespace ctgrad

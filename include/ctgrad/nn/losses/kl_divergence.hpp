// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/clip_by_value.hpp>
#include <ctgrad/ops/log.hpp>

namespace ctgrad {

namespace detail {

struct kl_divergence_formula : loss_formula {
    static constexpr char name[] = "kl_divergence";
    static constexpr prediction_scale takes = prediction_scale::probabilities;
    static constexpr auto defaults = loss_options();

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        const auto limited = [](auto x) { return clip_by_value(x, 1e-7_c, 1_c); };
        return reduce_sum(limited(t) * log(limited(t) / limited(p)), how.axis());
    }
};

} // namespace detail

/// The sum of t ln(t / p) along the last axis, both in [1e-7, 1].
/// Derivative: dp = -t / p within the limits, else 0. Source: Keras, `KLDivergence`.
inline constexpr loss_function<detail::kl_divergence_formula> kl_divergence{};

} // namespace ctgrad

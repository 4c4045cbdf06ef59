// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/clip_by_value.hpp>
#include <ctgrad/ops/log.hpp>

namespace ctgrad {

namespace detail {

struct kl_divergence_formula : loss_formula {
    static constexpr std::string_view name = "kl_divergence";
    static constexpr prediction_scale takes = prediction_scale::probabilities;
    static constexpr auto defaults = loss_options();

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        const auto truth = clip_by_value(t, 0_c, 1_c);
        return reduce_sum(truth * log(maximum(truth, 1e-30_c) / clip_by_value(p, 1e-7_c, 1_c)), how.axis()); // t ln t is 0 at 0
    }
};

} // namespace detail

/// The sum of t ln(t / p) along the last axis, t in [0, 1] and p in [1e-7, 1]; a t of 0 counts nothing.
/// Derivative: dp = -t / p within the limits, else 0. Source: Keras, `KLDivergence`.
inline constexpr loss_function<detail::kl_divergence_formula> kl_divergence{};

} // namespace ctgrad

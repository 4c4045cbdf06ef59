// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

namespace detail {

struct tversky_formula : loss_formula {
    static constexpr char name[] = "tversky";
    static constexpr prediction_scale takes = prediction_scale::probabilities;
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(alpha = 0.5_c, beta = 0.5_c, along(axis<>), reduction = sum_over_batch_size);
    }();

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        const auto common = reduce_sum(t * p, how.axis());
        const auto false_positives = reduce_sum((1_c - t) * p, how.axis());
        const auto false_negatives = reduce_sum(t * (1_c - p), how.axis());
        return 1_c - common / (common + how[alpha] * false_positives + how[beta] * false_negatives + 1e-7_c);
    }
};

} // namespace detail

/// 1 - s / (s + alpha fp + beta fn + 1e-7), s = sum t p, fp = sum (1 - t) p, fn = sum t (1 - p): one number for all, or
/// along `axis<...>`. `alpha` and `beta` are 0.5, which is `dice`.
/// Derivative: dp = -(t - s / d (t + alpha (1 - t) - beta t)) / d, d being the divisor.
/// Source: Keras, `Tversky`.
inline constexpr loss_function<detail::tversky_formula> tversky{};

} // namespace ctgrad

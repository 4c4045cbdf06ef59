// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

namespace detail {

struct dice_formula : loss_formula {
    static constexpr char name[] = "dice";
    static constexpr prediction_scale takes = prediction_scale::probabilities;
    static constexpr auto defaults = options(along(axis<>), reduction = sum_over_batch_size);

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        const auto common = 2_c * reduce_sum(t * p, how.axis());
        return 1_c - common / (reduce_sum(t, how.axis()) + reduce_sum(p, how.axis()) + 1e-7_c);
    }
};

} // namespace detail

/// 1 - 2 sum t p / (sum t + sum p + 1e-7): one number for all, or along `axis<...>`.
/// Derivative: dp = -2 (t - s / d) / d with s = sum t p and d = sum t + sum p + 1e-7.
/// Source: Keras, `Dice`. @see tversky
inline constexpr loss_function<detail::dice_formula> dice{};

} // namespace ctgrad

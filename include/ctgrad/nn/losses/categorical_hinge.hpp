// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/reduce_max.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

namespace detail {

struct categorical_hinge_formula : loss_formula {
    static constexpr char name[] = "categorical_hinge";
    static constexpr auto defaults = loss_options();

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        const auto right = reduce_sum(t * p, how.axis());
        const auto wrong = reduce_max((1_c - t) * p, how.axis());
        return maximum(wrong - right + 1_c, 0_c);
    }
};

} // namespace detail

/// max(w - r + 1, 0) with r = sum t p and w = max (1 - t) p along the last axis: t are rows of 0 and 1.
/// Derivative: where the value is above 0, dp = 1 - t at the largest of (1 - t) p, less t everywhere; else 0.
/// Source: Keras, `CategoricalHinge`.
inline constexpr loss_function<detail::categorical_hinge_formula> categorical_hinge{};

} // namespace ctgrad

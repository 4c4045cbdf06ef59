// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/categorical_crossentropy.hpp>
#include <ctgrad/nn/losses/focus.hpp>
#include <ctgrad/ops/expm1.hpp>

namespace ctgrad {

namespace detail {

struct categorical_focal_crossentropy_formula : loss_formula {
    static constexpr char name[] = "categorical_focal_crossentropy";
    static constexpr prediction_scale takes = prediction_scale::probabilities;
    static constexpr auto defaults = [] {
        using namespace literals;
        return loss_options(alpha = 0.25_c, gamma = 2_c, label_smoothing = 0_c, from_logits);
    }();

    static constexpr auto of(auto how, auto t, auto p) {
        const auto logs = log_probabilities<how.has(from_logits)>(p, how.axis());
        const auto terms = multiply_no_nan(focus(how, -expm1(logs)) * logs, smoothed(how, t));
        return -how[alpha] * reduce_sum(terms, how.axis());
    }
};

} // namespace detail

/// The sum along the last axis (`axis<...>`) of -alpha (1 - q)^gamma t ln q, with q as in `categorical_crossentropy`, so that
/// easy examples count less. `alpha` is 0.25, `gamma` 2. `from_logits`: p becomes its softmax, whose logarithm
/// has no limit.
/// Source: Keras, `CategoricalFocalCrossentropy`.
inline constexpr loss_function<detail::categorical_focal_crossentropy_formula> categorical_focal_crossentropy{};

} // namespace ctgrad

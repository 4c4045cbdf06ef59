// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/probabilities.hpp>
#include <ctgrad/nn/activations/log_softmax.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>

namespace ctgrad {

namespace detail {

/// ln of the probabilities along an axis that `p` says: the logarithm of its softmax `from_logits`, or where it is a softmax.
template <bool FromLogits, expression P, class Axis>
constexpr auto log_probabilities(P p, Axis along) {
    constexpr std::uint64_t logits = FromLogits ? P::root().hash : softmax_logits(P::root(), Axis::list);
    if constexpr (logits != 0)
        return log_softmax(expr<logits>{}, along);
    else
        return log(normalized_probabilities(p, along));
}

struct categorical_crossentropy_formula : loss_formula {
    static constexpr char name[] = "categorical_crossentropy";
    static constexpr prediction_scale takes = prediction_scale::probabilities;
    static constexpr auto defaults = loss_options(from_logits, label_smoothing = literal<0>{});

    static constexpr auto of(auto how, auto t, auto p) {
        const auto logs = log_probabilities<how.has(from_logits)>(p, how.axis());
        return -reduce_sum(multiply_no_nan(logs, smoothed(how, t)), how.axis());
    }
};

} // namespace detail

/// -sum along the last axis (`axis<...>`) of t ln q, with q = p / sum p in [1e-7, 1 - 1e-7]; `from_logits`: q is the
/// softmax of p. Where the graph shows p to be a softmax along the axis, its logits are used, without the limits.
/// `label_smoothing = s`: t becomes t (1 - s) + s / C.
/// Derivative, of logits: softmax(p) sum t - t. Source: Keras, `CategoricalCrossentropy`.
/// @see sparse_categorical_crossentropy
inline constexpr loss_function<detail::categorical_crossentropy_formula> categorical_crossentropy{};

} // namespace ctgrad

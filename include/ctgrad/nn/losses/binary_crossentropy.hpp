// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/probabilities.hpp>
#include <ctgrad/nn/cross_entropies/sigmoid_cross_entropy_with_logits.hpp>
#include <ctgrad/ops/log1p.hpp>

namespace ctgrad {

namespace detail {

/// -(t ln p + (1 - t) ln(1 - p)).
template <expression T, expression P>
constexpr auto entropy_of_clipped(T t, P p) {
    using namespace literals;
    const auto clipped = clipped_probabilities(p);
    return -(t * log(clipped) + (1_c - t) * log1p(-clipped));
}

/// The same from logits, if `p` is their sigmoid.
template <expression T, expression P>
constexpr auto entropy_of_probabilities(T t, P p) {
    constexpr std::uint64_t logits = sigmoid_logits(P::root());
    if constexpr (logits != 0)
        return sigmoid_cross_entropy_formula::of(t, expr<logits>{});
    else
        return entropy_of_clipped(t, p);
}

struct binary_crossentropy_formula : loss_formula {
    static constexpr char name[] = "binary_crossentropy";
    static constexpr prediction_scale takes = prediction_scale::probabilities;
    static constexpr auto defaults = loss_options(from_logits, label_smoothing = literal<0>{});

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        const auto y = smoothed(how, t, 2_c);
        if constexpr (how.has(from_logits))
            return reduce_mean(sigmoid_cross_entropy_formula::of(y, p), how.axis());
        else
            return reduce_mean(entropy_of_probabilities(y, p), how.axis());
    }
};

} // namespace detail

/// The mean along the last axis (`axis<...>`) of -(t ln p + (1 - t) ln(1 - p)), p in [1e-7, 1 - 1e-7]; `from_logits`:
/// of softplus(p) - t p, which is also computed where the graph shows p to be a sigmoid, without the limits.
/// `label_smoothing = s`: t becomes t (1 - s) + s / 2.
/// Derivative, of logits: (sigmoid(p) - t) / n. Source: Keras, `BinaryCrossentropy`.
inline constexpr loss_function<detail::binary_crossentropy_formula> binary_crossentropy{};

} // namespace ctgrad

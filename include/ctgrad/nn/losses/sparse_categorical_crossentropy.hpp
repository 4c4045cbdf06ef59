// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/categorical_crossentropy.hpp>
#include <ctgrad/nn/cross_entropies/sparse_softmax_cross_entropy_with_logits.hpp>
#include <ctgrad/ops/not_equal.hpp>

namespace ctgrad {

namespace detail {

struct sparse_categorical_crossentropy_formula : loss_formula {
    static constexpr char name[] = "sparse_categorical_crossentropy";
    static constexpr bool class_numbers = true;
    static constexpr prediction_scale takes = prediction_scale::probabilities;
    static constexpr auto defaults = options(from_logits, ignore_class = unset{}, reduction = sum_over_batch_size);

    static constexpr auto of(auto how, auto t, auto p) {
        const auto logs = log_probabilities<how.has(from_logits)>(p, axis<-1>);
        if constexpr (how.has(ignore_class)) {
            const auto counts = mask(how, t, p);
            return where(counts, sparse_softmax_cross_entropy_formula::less_picked(where(counts, t, literal<0>{}), logs), literal<0>{});
        } else
            return sparse_softmax_cross_entropy_formula::less_picked(t, logs);
    }

    static constexpr auto mask(auto how, auto t, auto) {
        if constexpr (how.has(ignore_class))
            return t != cast<std::int32_t>(how[ignore_class]);
        else
            return unset{};
    }
};

} // namespace detail

/// -ln q[t] for class numbers t, one for each row of p: q as in `categorical_crossentropy`. Rows of class
/// `ignore_class = -1_c` are 0 and not counted.
/// @param t int32 in [0, C). A call that feeds a label outside throws `ctgrad::error`; labels that are computed, and
/// all with `ignore_class`, give NaN there.
/// Derivative, of logits: softmax(p) - one_hot(t). Source: Keras, `SparseCategoricalCrossentropy`.
inline constexpr loss_function<detail::sparse_categorical_crossentropy_formula> sparse_categorical_crossentropy{};

} // namespace ctgrad

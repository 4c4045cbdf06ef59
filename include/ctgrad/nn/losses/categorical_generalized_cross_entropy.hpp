// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/one_hot.hpp>
#include <ctgrad/ops/pow.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

namespace detail {

struct categorical_generalized_cross_entropy_formula : loss_formula {
    static constexpr char name[] = "categorical_generalized_cross_entropy";
    static constexpr bool class_numbers = true;
    static constexpr prediction_scale takes = prediction_scale::probabilities;
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(q = 0.5_c, reduction = sum_over_batch_size);
    }();

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        const auto right = reduce_sum(p * cast_like(is_class(checked_indices<-1>(t, p), p), p), axis<-1>);
        return (1_c - pow(right, how[q])) / how[q];
    }
};

} // namespace detail

/// (1 - p[t]^q) / q for class numbers t, one for each row of probabilities p; 0 < q < 1, 0.5 if not given. Between the
/// cross-entropy (q to 0) and the mean absolute error (q = 1), it bears wrong labels.
/// Derivative: dp = -p^(q - 1) at the class of the truth, else 0.
/// Source: Keras, `CategoricalGeneralizedCrossEntropy`; Zhang and Sabuncu (2018).
inline constexpr loss_function<detail::categorical_generalized_cross_entropy_formula> categorical_generalized_cross_entropy{};

} // namespace ctgrad

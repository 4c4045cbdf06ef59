// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/cross_entropies/labels_and_logits.hpp>
#include <ctgrad/nn/activations/log_softmax.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/negative.hpp>

namespace ctgrad {

namespace detail {

struct softmax_cross_entropy_formula {
    static constexpr fact name{"softmax_cross_entropy"};
    static constexpr bool class_numbers = false;

    template <operand Labels, operand Logits>
    static constexpr auto of(Labels y, Logits z) {
        return -reduce_sum(multiply_no_nan(log_softmax(z), y), axis<-1>);
    }
};

} // namespace detail

/// The cross-entropy between rows of labels (one-hot, or probabilities) and the softmax of logits:
/// l = -sum over the last axis of y log_softmax(z). `f(labels = y_, logits = z)`, `f(y_, z)`.
/// @param labels as many as logits, of their dtype; rows that sum to 1 are the usual case, not required.
/// A class with label 0 counts nothing, even if its logit is -inf.
/// @returns one number a row: the shape of the logits without the last axis.
/// Derivatives: dz = dl (softmax(z) sum y - y), dy = -dl log_softmax(z).
/// **Fails when** labels and logits are exchanged (`truth_and_prediction_must_not_be_swapped`), the labels are
/// integers (`labels_must_be_floating`), the shapes differ (`labels_must_have_shape_of_logits`) or the dtypes
/// do (`dtypes_must_match`), or the logits went through an activation (`logits_must_have_no_activation`).
/// Source: TensorFlow, tf.nn.softmax_cross_entropy_with_logits (version 2).
/// @see sparse_softmax_cross_entropy_with_logits, sigmoid_cross_entropy_with_logits
inline constexpr labels_and_logits_function<detail::softmax_cross_entropy_formula> softmax_cross_entropy_with_logits{};

} // namespace ctgrad

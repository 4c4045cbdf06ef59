// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/cross_entropies/labels_and_logits.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/greater.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/negative.hpp>
#include <ctgrad/ops/softplus.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad {

namespace detail {

struct sigmoid_cross_entropy_formula {
    static constexpr fact name{"sigmoid_cross_entropy"};
    static constexpr bool class_numbers = false;

    template <operand Labels, operand Logits>
    static constexpr auto of(Labels y, Logits z) {
        const auto positive = greater(z, literal<0>{});
        return multiply_no_nan(z, cast_like(positive, z) - y) + softplus(where(positive, -z, z));
    }
};

} // namespace detail

/// The cross-entropy between labels in [0, 1] and the sigmoid of logits, each for itself:
/// l = softplus(z) - z y = max(z, 0) - z y + ln(1 + e^-|z|). `f(labels = y_, logits = z)`, `f(y_, z)`.
/// @param labels as many as logits, of their dtype.
/// @returns the shape of the logits. Derivatives: dz = dl (sigmoid(z) - y), dy = -dl z.
/// **Fails when** labels and logits are exchanged (`truth_and_prediction_must_not_be_swapped`), the labels are
/// integers (`labels_must_be_floating`), the shapes differ (`labels_must_have_shape_of_logits`) or the dtypes
/// do (`dtypes_must_match`), or the logits went through an activation (`logits_must_have_no_activation`).
/// Source: TensorFlow, tf.nn.sigmoid_cross_entropy_with_logits.
/// @see softmax_cross_entropy_with_logits
inline constexpr labels_and_logits_function<detail::sigmoid_cross_entropy_formula> sigmoid_cross_entropy_with_logits{};

} // namespace ctgrad

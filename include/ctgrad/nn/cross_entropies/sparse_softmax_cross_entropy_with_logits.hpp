// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/cross_entropies/labels_and_logits.hpp>
#include <ctgrad/nn/activations/log_softmax.hpp>
#include <ctgrad/ops/checked_index.hpp>
#include <ctgrad/ops/greater_equal.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/logical_and.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/one_hot.hpp>
#include <ctgrad/ops/where.hpp>

#include <limits>

namespace ctgrad {

namespace detail {

struct sparse_softmax_cross_entropy_formula {
    static constexpr fact name{"sparse_softmax_cross_entropy"};
    static constexpr bool class_numbers = true;

    template <operand Labels, operand Logits>
    static constexpr auto of(Labels labels, Logits z) {
        return less_picked(labels, log_softmax(z));
    }

    /// -x[label]. Rows of 0 and 1 as in the dense form; to unknown labels NaN is added, so that no gradient meets it.
    template <operand Labels, operand X>
    static constexpr auto less_picked(Labels labels, X x) {
        const auto y = checked_indices<-1>(labels, x);
        const auto known = logical_and(greater_equal(y, literal<0>{}), less(y, class_count(x)));
        const auto alarm = where(known, literal<0>{}, leaf_beside<not_a_number>(x));
        return alarm - reduce_sum(multiply_no_nan(x, cast_like(is_class(y, x), x)), axis<-1>);
    }

private:
    struct not_a_number {
        static constexpr ref of(builder& into, const attributes& z) {
            return constant(into, std::numeric_limits<double>::quiet_NaN(), z.type);
        }
    };
};

} // namespace detail

/// The cross-entropy between class numbers and the softmax of logits: l = -log_softmax(z)[label].
/// `f(labels = y_, logits = z)`, `f(y_, z)`.
/// @param labels int32, one for each row of logits, in [0, C). A call that feeds a label outside throws
/// `ctgrad::error`; labels that are computed, or changed after `bind`, give NaN there.
/// @returns one number a row: the shape of the logits without the last axis.
/// Derivative: dz = dl (softmax(z) - one_hot(label)).
/// **Fails when** labels and logits are exchanged (`truth_and_prediction_must_not_be_swapped`), the labels are no
/// int32 (`labels_must_be_class_numbers`) or not one for each row (`labels_must_have_rows_of_logits`), or the
/// logits went through an activation (`logits_must_have_no_activation`).
/// Source: TensorFlow, tf.nn.sparse_softmax_cross_entropy_with_logits.
/// @see softmax_cross_entropy_with_logits
inline constexpr labels_and_logits_function<detail::sparse_softmax_cross_entropy_formula> sparse_softmax_cross_entropy_with_logits{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/labels_and_logits.hpp>
#include <ctgrad/nn/log_softmax.hpp>
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
    template <operand Labels, operand Logits>
    static constexpr auto of(Labels y, Logits z) {
        if constexpr (is_expr<Labels> && is_expr<Logits>) {
            if constexpr (Labels::type() != dtype::int32)
                return labels_must_be_class_numbers<name, show([] { return phrase_of(Labels::type(), Labels::shape()); })>;
            else if constexpr (Logits::rank == 0 || !(Labels::shape() == reduced(Logits::shape(), last_of(Logits::shape()))))
                return labels_must_have_rows_of_logits<name, show([] { return phrase_of(Labels::shape()); }),
                                                       show([] { return phrase_of(Logits::shape()); })>;
            else
                return formula(y, z);
        } else if constexpr (is_poison<Labels> || is_poison<Logits>)
            return poison{};
        else
            return formula(y, z);
    }

private:
    static constexpr fact name{"sparse_softmax_cross_entropy"};

    static constexpr axis_mask last_of(const tensor_shape& s) { return {1u << (s.rank - 1)}; }

    // Rows of 0 and 1 as in the dense form; to unknown labels NaN is added, so that no gradient meets it.
    template <operand Labels, operand Logits>
    static constexpr auto formula(Labels y, Logits z) {
        const auto known = logical_and(greater_equal(y, literal<0>{}), less(y, class_count(z)));
        const auto alarm = where(known, literal<0>{}, leaf_beside<not_a_number>(z));
        return alarm - reduce_sum(multiply_no_nan(log_softmax(z), cast_like(is_class(y, z), z)), axis<-1>);
    }
    struct not_a_number {
        static constexpr ref of(builder& into, const attributes& z) {
            return constant(into, std::numeric_limits<double>::quiet_NaN(), z.type);
        }
    };
};

} // namespace detail

/// The cross-entropy between class numbers and the softmax of logits: l = -log_softmax(z)[label].
/// `f(labels = y_, logits = z)`, `f(y_, z)`.
/// @param labels int32, one for each row of logits, in [0, C); a label outside gives NaN there (as
/// TensorFlow does on a GPU).
/// @returns one number a row: the shape of the logits without the last axis.
/// Derivative: dz = dl (softmax(z) - one_hot(label)).
/// **Fails when** the labels are no int32 (`labels_must_be_class_numbers`) or there is not one for each
/// row (`labels_must_have_rows_of_logits`).
/// Source: TensorFlow, tf.nn.sparse_softmax_cross_entropy_with_logits.
/// @see softmax_cross_entropy_with_logits
inline constexpr labels_and_logits_function<detail::sparse_softmax_cross_entropy_formula>
    sparse_softmax_cross_entropy_with_logits{};

} // namespace ctgrad

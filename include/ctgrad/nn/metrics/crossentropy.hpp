// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/binary_crossentropy.hpp>
#include <ctgrad/nn/losses/categorical_crossentropy.hpp>
#include <ctgrad/nn/losses/sparse_categorical_crossentropy.hpp>
#include <ctgrad/nn/metrics/class_numbers.hpp>
#include <ctgrad/nn/metrics/mean_formula.hpp>

namespace ctgrad {

namespace detail {

struct crossentropy_formula : mean_formula<crossentropy_formula> {
    static constexpr char name[] = "crossentropy";
    static constexpr auto defaults = options(from_logits);
    static constexpr truth_kind truth = truth_kind::any;

    template <operand T, operand P>
    static constexpr auto values(auto how, T t, P p) {
        constexpr label_form form = form_of<T, P>();
        if constexpr (form == label_form::sparse)
            return of(how, sparse_categorical_crossentropy, without_column(t, p), p);
        else if constexpr (form == label_form::binary)
            return of(how, binary_crossentropy, t, p);
        else
            return of(how, categorical_crossentropy, t, p);
    }

private:
    static constexpr auto of(auto how, auto loss, auto t, auto p) {
        if constexpr (how.has(from_logits))
            return loss(t, p, from_logits);
        else
            return loss(t, p);
    }
};

} // namespace detail

/// The cross-entropy in the form that shapes and dtypes ask for (Keras' name "crossentropy"): int32 labels:
/// `sparse_categorical_crossentropy`; one number an example: `binary_crossentropy`; rows of several:
/// `categorical_crossentropy`.
inline constexpr metric_function<detail::crossentropy_formula> crossentropy{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/loss_rules.hpp>

namespace ctgrad {

/// An argument that says what it is: `labels = y_`.
template <class Name, operand X>
struct named_argument {
    X value;
};

struct labels_t {
    template <operand X>
    constexpr named_argument<labels_t, X> operator=(X x) const {
        return {x};
    }
};
/// Names the truth among the arguments of a cross-entropy: `labels = y_`.
inline constexpr labels_t labels{};

struct logits_t {
    template <operand X>
    constexpr named_argument<logits_t, X> operator=(X x) const {
        return {x};
    }
};
/// Names the unscaled scores among the arguments of a cross-entropy: `logits = matmul(x, W) + b`.
inline constexpr logits_t logits{};

/// The function object of a cross-entropy: `f(labels = y_, logits = z)` in either order, or `f(y_, z)`.
/// @tparam Formula says `of(labels, logits)`, the `name` that errors show, and whether labels are
/// `class_numbers` or as many as logits.
template <class Formula>
struct labels_and_logits_function {
    template <operand Labels, operand Logits>
    constexpr auto operator()(Labels y, Logits z) const {
        return checked(y, z);
    }
    template <operand Labels, operand Logits>
    constexpr auto operator()(named_argument<labels_t, Labels> y, named_argument<logits_t, Logits> z) const {
        return checked(y.value, z.value);
    }
    template <operand Labels, operand Logits>
    constexpr auto operator()(named_argument<logits_t, Logits> z, named_argument<labels_t, Labels> y) const {
        return checked(y.value, z.value);
    }
    template <operand Labels, operand Logits>
    constexpr auto operator()(named_argument<labels_t, Labels> y, Logits z) const {
        return checked(y.value, z);
    }
    template <operand Labels, operand Logits>
    constexpr auto operator()(Labels y, named_argument<logits_t, Logits> z) const {
        return checked(y, z.value);
    }

private:
    template <operand Labels, operand Logits>
    static constexpr auto checked(Labels y, Logits z) {
        constexpr loss_fault fault = loss_fault_of<Formula::class_numbers, Labels, Logits>();
        if constexpr (detail::is_poison<Labels> || detail::is_poison<Logits>)
            return poison{};
        else if constexpr (fault == loss_fault::swapped)
            return truth_and_prediction_must_not_be_swapped<Formula::name, detail::variable_shown<Labels>>;
        else if constexpr (fault == loss_fault::label_type && Formula::class_numbers)
            return labels_must_be_class_numbers<Formula::name, detail::type_shown<Labels>>;
        else if constexpr (fault == loss_fault::label_type)
            return labels_must_be_floating<Formula::name, detail::type_shown<Labels>>;
        else if constexpr (fault == loss_fault::label_shape && Formula::class_numbers)
            return labels_must_have_rows_of_logits<Formula::name, detail::shape_shown<Labels>, detail::shape_shown<Logits>>;
        else if constexpr (fault == loss_fault::label_shape)
            return labels_must_have_shape_of_logits<Formula::name, detail::shape_shown<Labels>, detail::shape_shown<Logits>>;
        else if constexpr (fault == loss_fault::logit_type)
            return mistake<verdict::dtype_must_be_floating, Formula::name, detail::type_shown<Logits>>;
        else if constexpr (fault == loss_fault::types_differ)
            return mistake<verdict::dtypes_must_match, Formula::name, detail::type_shown<Labels>, detail::type_shown<Logits>>;
        else if constexpr (fault == loss_fault::activated)
            return logits_must_have_no_activation<Formula::name, detail::activation_shown<Logits>>;
        else
            return Formula::of(y, z);
    }
};

} // namespace ctgrad

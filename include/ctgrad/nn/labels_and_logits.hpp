// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>

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

/// Arguments: the function, the labels.
template <fact Function, fact Labels>
CTGRAD_RULE(labels_must_be_floating, "these are class numbers: use the sparse_ form, or one_hot<float>(labels, depth<C>).")
inline constexpr poison labels_must_be_floating{};

/// Arguments: the function, the labels.
template <fact Function, fact Labels>
CTGRAD_RULE(labels_must_be_class_numbers, "class numbers are int32: for one-hot rows use softmax_cross_entropy_with_logits.")
inline constexpr poison labels_must_be_class_numbers{};

/// Arguments: the function, the shapes of the labels and of the logits.
template <fact Function, fact Labels, fact Logits>
CTGRAD_RULE(labels_must_have_shape_of_logits, "one label for each logit: expand_dims or reshape one of them.")
inline constexpr poison labels_must_have_shape_of_logits{};

/// Arguments: the function, the shapes of the labels and of the logits.
template <fact Function, fact Labels, fact Logits>
CTGRAD_RULE(labels_must_have_rows_of_logits, "one class number for each row: [N] labels for [N,C] logits.")
inline constexpr poison labels_must_have_rows_of_logits{};

/// The function object of a cross-entropy: `f(labels = y_, logits = z)` in either order, or `f(y_, z)`.
/// @tparam Formula says `of(labels, logits)`.
template <class Formula>
struct labels_and_logits_function {
    template <operand Labels, operand Logits>
    constexpr auto operator()(Labels y, Logits z) const {
        return Formula::of(y, z);
    }
    template <operand Labels, operand Logits>
    constexpr auto operator()(named_argument<labels_t, Labels> y, named_argument<logits_t, Logits> z) const {
        return Formula::of(y.value, z.value);
    }
    template <operand Labels, operand Logits>
    constexpr auto operator()(named_argument<logits_t, Logits> z, named_argument<labels_t, Labels> y) const {
        return Formula::of(y.value, z.value);
    }
};

namespace detail {

/// What is wrong with labels of which there is one for each logit. Formulas ask and report by
/// themselves, so that the error is near the user's line.
enum class label_fault { none, dtype, shape };

template <operand Labels, operand Logits>
constexpr label_fault label_fault_of() {
    if constexpr (is_expr<Labels> && is_expr<Logits>) {
        if (!is_floating(Labels::type())) return label_fault::dtype;
        if (!(Labels::shape() == Logits::shape())) return label_fault::shape;
    }
    return label_fault::none;
}

/// What an error shows of labels or logits.
template <class X>
inline constexpr auto type_shown = show([] { return phrase_of(X::type(), X::shape()); });
template <class X>
inline constexpr auto shape_shown = show([] { return phrase_of(X::shape()); });

} // namespace detail
} // namespace ctgrad

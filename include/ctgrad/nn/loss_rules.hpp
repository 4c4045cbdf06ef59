// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/maybe.hpp>
#include <ctgrad/nn/activation.hpp>
#include <ctgrad/ops/leaf.hpp>

namespace ctgrad {

/// Arguments: the function, a variable of the truth.
template <fact Function, fact Variable>
CTGRAD_RULE(truth_and_prediction_must_not_be_swapped, "the labels depend on this variable, the logits on none: exchange them.")
inline constexpr poison truth_and_prediction_must_not_be_swapped{};

/// Arguments: the function, what made its operand.
template <fact Function, fact Activation>
CTGRAD_RULE(logits_must_have_no_activation, "the function has its own: give it the scores from before the activation.")
inline constexpr poison logits_must_have_no_activation{};

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

/// Arguments: the function, the shapes of the truth and of the prediction.
template <fact Function, fact Truth, fact Prediction>
CTGRAD_RULE(truth_must_have_shape_of_prediction, "one true number for each predicted one: expand_dims or reshape one of them.")
inline constexpr poison truth_must_have_shape_of_prediction{};

/// Arguments: the function, the dtype and shape of the prediction.
template <fact Function, fact Prediction>
CTGRAD_RULE(prediction_must_be_probabilities, "these are scores: say from_logits, or apply softmax or sigmoid before.")
inline constexpr poison prediction_must_be_probabilities{};

/// What a loss takes as its prediction.
enum class prediction_scale : std::uint8_t { any, logits, probabilities };

/// What is wrong with the truth and the prediction of a loss.
enum class loss_fault : std::uint8_t {
    none,
    poisoned,
    names,
    swapped,
    label_type,
    label_shape,
    logit_type,
    types_differ,
    activated,
    scores,
    axis,
    rank
};

namespace detail {

/// A variable that `n` depends on, or none.
constexpr maybe<linked_node> first_variable(const linked_node& n) {
    for (int i = 0; i < n.leaf_count(); ++i)
        if (is_variable(n.leaf(i))) return n.leaf(i);
    return {};
}

/// Whether `labels` is `logits` without its last axis, the classes.
constexpr bool has_rows_of(const tensor_shape& labels, const tensor_shape& logits) {
    return logits.rank > 0 && labels == reduced(logits, {1u << (logits.rank - 1)});
}

/// What an error shows of labels or logits.
template <class X>
inline constexpr auto variable_shown = show([] { return first_variable(X::root())->name->text; });
template <class X>
inline constexpr auto type_shown = show([] { return phrase_of(X::type(), X::shape()); });
template <class X>
inline constexpr auto shape_shown = show([] { return phrase_of(X::shape()); });
template <class X>
inline constexpr auto activation_shown = show([] { return activation_of(X::root()); });

constexpr bool may_be_probabilities(value_scale scale) { return scale == value_scale::unknown || scale == value_scale::probabilities; }

/// Whether `Z`, of which a softmax is asked, is one already.
template <class Z>
constexpr bool is_softmax_of_softmax() {
    if constexpr (is_expr<Z>)
        return activation_of(Z::root()).ends_with("softmax");
    else
        return false;
}

} // namespace detail

/// Whether `Truth` depends on a variable and `Prediction` on none: each stands in the other's place.
template <class Truth, class Prediction>
constexpr bool are_swapped() {
    if constexpr (detail::is_expr<Truth> && detail::is_expr<Prediction>)
        return detail::first_variable(Truth::root()) && !detail::first_variable(Prediction::root());
    else
        return false;
}

/// What is wrong with the truth and the prediction of a loss, labels and logits of a cross-entropy.
/// @tparam ClassNumbers whether it takes one class number a row, not one label for each logit.
template <bool ClassNumbers, class Labels, class Logits, prediction_scale Takes = prediction_scale::logits>
constexpr loss_fault loss_fault_of() {
    if constexpr (detail::is_poison<Labels> || detail::is_poison<Logits>) return loss_fault::poisoned;
    if constexpr (detail::is_expr<Labels> && detail::is_expr<Logits>) {
        if (!detail::names_agree<Labels, Logits>()) return loss_fault::names;
        if (are_swapped<Labels, Logits>()) return loss_fault::swapped;
        if (ClassNumbers ? Labels::type() != dtype::int32 : !is_floating(Labels::type())) return loss_fault::label_type;
        if (!is_floating(Logits::type())) return loss_fault::logit_type;
        if (!ClassNumbers && Labels::type() != Logits::type()) return loss_fault::types_differ;
        if (ClassNumbers ? !detail::has_rows_of(Labels::shape(), Logits::shape()) : !(Labels::shape() == Logits::shape()))
            return loss_fault::label_shape;
        if (Takes == prediction_scale::logits && !detail::activation_of(Logits::root()).empty()) return loss_fault::activated;
        if (Takes == prediction_scale::probabilities && !detail::may_be_probabilities(scale_of<Logits>())) return loss_fault::scores;
    }
    return loss_fault::none;
}

namespace detail {

/// Reports what `Check` finds wrong with a truth and a prediction.
template <class Check, class Truth, class Prediction>
constexpr auto refuse_loss() {
    constexpr loss_fault fault = Check::template fault<Truth, Prediction>;
    constexpr auto name = Check::shown;
    if constexpr (fault == loss_fault::names)
        return name_must_mean_one_leaf<clash_name<Truth, Prediction>, clash_leaf<Truth, Prediction>, clash_other<Truth, Prediction>>;
    else if constexpr (fault == loss_fault::swapped)
        return truth_and_prediction_must_not_be_swapped<name, variable_shown<Truth>>;
    else if constexpr (fault == loss_fault::label_type && Check::class_numbers)
        return labels_must_be_class_numbers<name, type_shown<Truth>>;
    else if constexpr (fault == loss_fault::label_type)
        return labels_must_be_floating<name, type_shown<Truth>>;
    else if constexpr (fault == loss_fault::label_shape && Check::class_numbers)
        return labels_must_have_rows_of_logits<name, shape_shown<Truth>, shape_shown<Prediction>>;
    else if constexpr (fault == loss_fault::label_shape && Check::takes == prediction_scale::logits)
        return labels_must_have_shape_of_logits<name, shape_shown<Truth>, shape_shown<Prediction>>;
    else if constexpr (fault == loss_fault::label_shape)
        return truth_must_have_shape_of_prediction<name, shape_shown<Truth>, shape_shown<Prediction>>;
    else if constexpr (fault == loss_fault::logit_type)
        return mistake<verdict::dtype_must_be_floating, name, type_shown<Prediction>>;
    else if constexpr (fault == loss_fault::types_differ)
        return mistake<verdict::dtypes_must_match, name, type_shown<Truth>, type_shown<Prediction>>;
    else if constexpr (fault == loss_fault::activated)
        return logits_must_have_no_activation<name, activation_shown<Prediction>>;
    else if constexpr (fault == loss_fault::scores)
        return prediction_must_be_probabilities<name, type_shown<Prediction>>;
    else if constexpr (fault == loss_fault::axis)
        return mistake<verdict::axis_must_be_in_range, Check::shown_with_axis, shape_shown<Prediction>>;
    else if constexpr (fault == loss_fault::rank)
        return mistake<verdict::rank_must_fit, name, shape_shown<Prediction>>;
    else
        return poison{};
}

} // namespace detail

/// Whether a cross-entropy takes `Labels`, one for each of `Logits`.
template <class Labels, class Logits>
concept labels_for = loss_fault_of<false, Labels, Logits>() == loss_fault::none;

/// Whether a sparse cross-entropy takes `Labels`, one class number for each row of `Logits`.
template <class Labels, class Logits>
concept class_numbers_for = loss_fault_of<true, Labels, Logits>() == loss_fault::none;

/// Whether the graph of `Z` ends in a softmax, log_softmax or sigmoid.
template <class Z>
concept activated = detail::is_expr<Z> && !detail::activation_of(Z::root()).empty();

} // namespace ctgrad

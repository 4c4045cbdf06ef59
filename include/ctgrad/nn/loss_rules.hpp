// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/maybe.hpp>
#include <ctgrad/nn/activations/activation.hpp>
#include <ctgrad/ops/leaf.hpp>

namespace ctgrad {

/// Arguments: the function, a variable of the truth.
template <fact Function, fact Variable>
CTGRAD_RULE(truth_and_prediction_must_not_be_swapped, "the labels depend on this variable, the logits on none: exchange them.")
inline constexpr poison broken<fault::truth_and_prediction_must_not_be_swapped, Function, Variable>{};

/// Arguments: the function, what made its operand.
template <fact Function, fact Activation>
CTGRAD_RULE(logits_must_have_no_activation, "the function has its own: give it the scores from before the activation.")
inline constexpr poison broken<fault::logits_must_have_no_activation, Function, Activation>{};

/// Arguments: the function, the labels.
template <fact Function, fact Labels>
CTGRAD_RULE(labels_must_be_floating, "these are class numbers: use the sparse_ form, or one_hot<float>(labels, depth<C>).")
inline constexpr poison broken<fault::labels_must_be_floating, Function, Labels>{};

/// Arguments: the function, the labels.
template <fact Function, fact Labels>
CTGRAD_RULE(labels_must_be_class_numbers, "class numbers are int32: for one-hot rows use softmax_cross_entropy_with_logits.")
inline constexpr poison broken<fault::labels_must_be_class_numbers, Function, Labels>{};

/// Arguments: the function, the shapes of the labels and of the logits.
template <fact Function, fact Labels, fact Logits>
CTGRAD_RULE(labels_must_have_shape_of_logits, "one label for each logit: expand_dims or reshape one of them.")
inline constexpr poison broken<fault::labels_must_have_shape_of_logits, Function, Labels, Logits>{};

/// Arguments: the function, the shapes of the labels and of the logits.
template <fact Function, fact Labels, fact Logits>
CTGRAD_RULE(labels_must_have_rows_of_logits, "one class number for each row: [N] labels for [N,C] logits.")
inline constexpr poison broken<fault::labels_must_have_rows_of_logits, Function, Labels, Logits>{};

/// Arguments: the function, the shapes of the truth and of the prediction.
template <fact Function, fact Truth, fact Prediction>
CTGRAD_RULE(truth_must_have_shape_of_prediction, "a true number for each predicted: expand_dims or reshape one.")
inline constexpr poison broken<fault::truth_must_have_shape_of_prediction, Function, Truth, Prediction>{};

/// Arguments: the function, the dtype and shape of the prediction.
template <fact Function, fact Prediction>
CTGRAD_RULE(prediction_must_be_probabilities, "these are scores: say from_logits, or apply softmax or sigmoid before.")
inline constexpr poison broken<fault::prediction_must_be_probabilities, Function, Prediction>{};

/// What a loss takes as its prediction.
enum class prediction_scale : std::uint8_t { any, logits, probabilities };

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

/// What an error shows of labels, logits or weights.
constexpr phrase type_phrase(const attributes& x) { return phrase_of(x.type, x.shape); }

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

namespace detail {

/// What a loss asks of its truth and its prediction.
struct loss_needs {
    phrase function;    ///< The name that errors show.
    bool class_numbers; ///< The truth is one class number a row, not one label for each logit.
    prediction_scale takes = prediction_scale::logits;
};

/// What is wrong with the truth of a loss for such a prediction.
constexpr finding check_labels(const loss_needs& loss, const attributes& labels, const attributes& logits) {
    const bool is_right = loss.class_numbers ? labels.type == dtype::int32 : is_floating(labels.type);
    if (!is_right)
        return {loss.class_numbers ? fault::labels_must_be_class_numbers : fault::labels_must_be_floating, loss.function,
                type_phrase(labels)};
    if (!is_floating(logits.type)) return {fault::dtype_must_be_floating, loss.function, type_phrase(logits)};
    if (!loss.class_numbers && labels.type != logits.type)
        return {fault::dtypes_must_match, loss.function, type_phrase(labels), type_phrase(logits)};
    const bool fits = loss.class_numbers ? has_rows_of(labels.shape, logits.shape) : labels.shape == logits.shape;
    if (fits) return {};
    const fault broken = loss.class_numbers                       ? fault::labels_must_have_rows_of_logits
                         : loss.takes == prediction_scale::logits ? fault::labels_must_have_shape_of_logits
                                                                  : fault::truth_must_have_shape_of_prediction;
    return {broken, loss.function, phrase_of(labels.shape), phrase_of(logits.shape)};
}

/// What is wrong with the truth and the prediction of a loss, labels and logits of a cross-entropy.
template <class Labels, class Logits>
constexpr finding check_loss_operands(const loss_needs& loss) {
    if constexpr (is_poison<Labels> || is_poison<Logits>)
        return fault::reported;
    else if constexpr (is_expr<Labels> && is_expr<Logits>) {
        if (const finding names = check_names<Labels, Logits>(); !names.is_fine()) return names;
        if (are_swapped<Labels, Logits>())
            return {fault::truth_and_prediction_must_not_be_swapped, loss.function, first_variable(Labels::root())->name->text};
        if (const finding labels = check_labels(loss, Labels::root(), Logits::root()); !labels.is_fine()) return labels;
        const std::string_view activation = activation_of(Logits::root());
        if (loss.takes == prediction_scale::logits && !activation.empty())
            return {fault::logits_must_have_no_activation, loss.function, activation};
        if (loss.takes == prediction_scale::probabilities && !may_be_probabilities(scale_of<Logits>()))
            return {fault::prediction_must_be_probabilities, loss.function, type_phrase(Logits::root())};
    }
    return {};
}

/// The same, of a cross-entropy that has not got a name yet.
template <bool ClassNumbers, class Labels, class Logits>
inline constexpr bool fits_cross_entropy = check_loss_operands<Labels, Logits>({phrase(), ClassNumbers}).is_fine();

} // namespace detail

/// Whether a cross-entropy takes `Labels`, one for each of `Logits`.
template <class Labels, class Logits>
concept labels_for = detail::fits_cross_entropy<false, Labels, Logits>;

/// Whether a sparse cross-entropy takes `Labels`, one class number for each row of `Logits`.
template <class Labels, class Logits>
concept class_numbers_for = detail::fits_cross_entropy<true, Labels, Logits>;

/// Whether the graph of `Z` ends in a softmax, log_softmax or sigmoid.
template <class Z>
concept activated = detail::is_expr<Z> && !detail::activation_of(Z::root()).empty();

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/options.hpp>
#include <ctgrad/nn/loss_rules.hpp>
#include <ctgrad/ops/reduction.hpp>

namespace ctgrad {

/// What a metric compares a prediction with.
enum class truth_kind : std::uint8_t {
    any,             ///< Floating numbers like the prediction, class numbers for its rows, or for predicted ones.
    like_prediction, ///< Floating numbers in the shape of the prediction.
    class_numbers,   ///< int32, one for each row of the prediction, [N] or [N,1] for [N,10].
    classes,         ///< int32, or floating rows of a number for each class; the prediction too.
    same             ///< Anything in the shape and dtype of the prediction.
};

/// Arguments: the metric, the option, the shape of the prediction.
template <fact Metric, fact Option, fact Prediction>
CTGRAD_RULE(option_must_fit_prediction, "the last axis are classes or labels, as many as the option speaks of.")
inline constexpr poison broken<fault::option_must_fit_prediction, Metric, Option, Prediction>{};

/// Arguments: the metric, the option.
template <fact Metric, fact Option>
CTGRAD_RULE(option_must_be_a_number, "what is made of the totals depends on it: write 0.8_c, it cannot be a scalar.")
inline constexpr poison broken<fault::option_must_be_a_number, Metric, Option>{};

/// Arguments: the metric, the shapes of the weights and of what they weigh.
template <fact Metric, fact Weights, fact Values>
CTGRAD_RULE(weights_must_have_axes_of_values, "the values' axes or their first: [N] for [N,10]; an extent may be 1.")
inline constexpr poison broken<fault::weights_must_have_axes_of_values, Metric, Weights, Values>{};

/// Whether weights of shape `weights` can weigh `values`: they have their first axes, where an extent may be 1.
constexpr bool can_weigh(const tensor_shape& weights, const tensor_shape& values) {
    if (weights.rank > values.rank) return false;
    for (int k = 0; k < weights.rank; ++k)
        if (!(weights[k] == values[k]) && !weights[k].is_one()) return false;
    return true;
}

namespace detail {

/// Whether something is known only when a program runs: an expression, or several values one of which is.
template <class Value>
inline constexpr bool is_run_time = is_expr<Value>;
template <template <class...> class Several, class... X>
inline constexpr bool is_run_time<Several<X...>> = (is_expr<X> || ...);

/// The first option that a result needs, `Option::is_constant`, and that is no number; or nothing.
template <class... C>
constexpr std::string_view run_time_constant(settings<C...>) {
    std::string_view found;
    [[maybe_unused]] const auto look = [&found]<class D>(D*) {
        if constexpr (requires { D::option::is_constant; })
            if (is_run_time<typename D::value> && found.empty()) found = D::option::name.view();
    };
    (look(static_cast<C*>(nullptr)), ...);
    return found;
}

/// Whether `labels` are one for each row of `prediction`, in a column of their own or not.
constexpr bool fits_rows(const tensor_shape& labels, const tensor_shape& prediction) {
    if (has_rows_of(labels, prediction)) return true;
    return labels.rank > 0 && labels.rank == prediction.rank && labels[labels.rank - 1].is_one() &&
           has_rows_of(reduced(labels, {1u << (labels.rank - 1)}), prediction);
}

/// The shape of class numbers, or of the rows of scores in their place.
constexpr tensor_shape shape_of_classes(const attributes& x) {
    return x.type == dtype::int32 || x.shape.rank == 0 ? x.shape : reduced(x.shape, {1u << (x.shape.rank - 1)});
}
/// What is wrong with the shapes and dtypes of two things that a metric compares element by element.
constexpr finding check_same(std::string_view metric, const attributes& t, const attributes& p) {
    if (!(t.shape == p.shape)) return {fault::truth_must_have_shape_of_prediction, metric, phrase_of(t.shape), phrase_of(p.shape)};
    if (t.type != p.type) return {fault::dtypes_must_match, metric, type_phrase(t), type_phrase(p)};
    return {};
}
constexpr finding check_class_numbers(std::string_view metric, const attributes& t, const attributes& p) {
    if (t.type != dtype::int32) return {fault::labels_must_be_class_numbers, metric, type_phrase(t)};
    if (!fits_rows(t.shape, p.shape)) return {fault::labels_must_have_rows_of_logits, metric, phrase_of(t.shape), phrase_of(p.shape)};
    return {};
}
constexpr finding check_truth(std::string_view metric, truth_kind kind, const attributes& t, const attributes& p) {
    if (kind == truth_kind::same) return check_same(metric, t, p);
    if (kind == truth_kind::classes) {
        if (shape_of_classes(t) == shape_of_classes(p)) return {};
        return {fault::truth_must_have_shape_of_prediction, metric, phrase_of(t.shape), phrase_of(p.shape)};
    }
    if (kind == truth_kind::class_numbers) return check_class_numbers(metric, t, p);
    if (kind == truth_kind::any && t.type == dtype::int32)
        return p.type == dtype::int32 ? check_same(metric, t, p) : check_class_numbers(metric, t, p);
    if (!is_floating(t.type)) return {fault::labels_must_be_floating, metric, type_phrase(t)};
    return check_same(metric, t, p);
}

/// What is wrong with truth `T` and prediction `P` for `Metric`.
template <class Metric, class T, class P>
constexpr finding check_metric() {
    constexpr std::string_view name = Metric::name;
    if constexpr (is_poison<T> || is_poison<P>)
        return fault::reported;
    else if constexpr (is_expr<T> && is_expr<P>) {
        if (are_swapped<T, P>()) return {fault::truth_and_prediction_must_not_be_swapped, name, first_variable(T::root())->name->text};
        if (const finding truth = check_truth(name, Metric::formula::truth, T::root(), P::root()); !truth.is_fine()) return truth;
        if (const std::string_view misfit = Metric::template misfit<P>(); !misfit.empty())
            return {fault::option_must_fit_prediction, name, misfit, phrase_of(P::shape())};
    }
    return {};
}
template <class Metric, class T, class P>
struct metric_check {
    static constexpr finding found = check_metric<Metric, T, P>();
};

/// What is wrong with weights `W` of `Values` of a metric.
template <class Metric, class W, class Values>
constexpr finding check_metric_weights() {
    if constexpr (is_poison<W> || is_poison<Values>)
        return fault::reported;
    else if (!can_weigh(W::shape(), Values::shape()))
        return {fault::weights_must_have_axes_of_values, Metric::name, phrase_of(W::shape()), phrase_of(Values::shape())};
    else if (W::type() != Values::type())
        return {fault::dtypes_must_match, Metric::name, type_phrase(W::root()), type_phrase(Values::root())};
    else
        return {};
}
template <class Metric, class W, class Values>
struct metric_weights_check {
    static constexpr finding found = check_metric_weights<Metric, W, Values>();
};

} // namespace detail

/// Whether the options of a metric that its result needs are numbers: `has_constant_options<decltype(call::settled)>`.
template <class Settings>
constexpr bool has_constant_options() {
    return detail::run_time_constant(Settings{}).empty();
}

/// Whether a metric takes the truth `T` for the prediction `P`.
template <class Metric, class T, class P>
concept measurable = detail::metric_check<Metric, T, P>::found.is_fine();

} // namespace ctgrad

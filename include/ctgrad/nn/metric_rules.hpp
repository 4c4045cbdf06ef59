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

/// What is wrong with the truth and the prediction of a metric.
enum class metric_fault : std::uint8_t { none, swapped, not_floating, not_class_numbers, shape, rows, types_differ, weights };

/// Arguments: the metric, the option, the shape of the prediction.
template <fact Metric, fact Option, fact Prediction>
CTGRAD_RULE(option_must_fit_prediction, "the last axis are classes or labels, as many as the option speaks of.")
inline constexpr poison option_must_fit_prediction{};

/// Arguments: the metric, the option.
template <fact Metric, fact Option>
CTGRAD_RULE(option_must_be_a_number, "what is made of the totals depends on it: write 0.8_c, it cannot be a scalar.")
inline constexpr poison option_must_be_a_number{};

/// Arguments: the metric, the shapes of the weights and of what they weigh.
template <fact Metric, fact Weights, fact Values>
CTGRAD_RULE(weights_must_have_axes_of_values, "as many as the values, or their first axes: [N] for [N,10]; an extent may be 1.")
inline constexpr poison weights_must_have_axes_of_values{};

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

constexpr metric_fault floating_fault(const attributes& t, const attributes& p) {
    if (!is_floating(t.type)) return metric_fault::not_floating;
    if (!(t.shape == p.shape)) return metric_fault::shape;
    return t.type == p.type ? metric_fault::none : metric_fault::types_differ;
}
constexpr metric_fault class_number_fault(const attributes& t, const attributes& p) {
    if (t.type != dtype::int32) return metric_fault::not_class_numbers;
    return fits_rows(t.shape, p.shape) ? metric_fault::none : metric_fault::rows;
}
/// The shape of class numbers, or of the rows of scores in their place.
constexpr tensor_shape shape_of_classes(const attributes& x) {
    return x.type == dtype::int32 || x.shape.rank == 0 ? x.shape : reduced(x.shape, {1u << (x.shape.rank - 1)});
}
constexpr metric_fault fault_between(truth_kind kind, const attributes& t, const attributes& p) {
    if (kind == truth_kind::same) {
        if (!(t.shape == p.shape)) return metric_fault::shape;
        return t.type == p.type ? metric_fault::none : metric_fault::types_differ;
    }
    if (kind == truth_kind::classes) return shape_of_classes(t) == shape_of_classes(p) ? metric_fault::none : metric_fault::shape;
    if (kind == truth_kind::class_numbers) return class_number_fault(t, p);
    if (kind == truth_kind::any && t.type == dtype::int32)
        return p.type == dtype::int32 ? fault_between(truth_kind::same, t, p) : class_number_fault(t, p);
    return floating_fault(t, p);
}

/// The error of a metric of truth `T` and prediction `P`, or of weights `T` of values `P`.
template <class Formula, metric_fault Fault, class T, class P>
constexpr auto refuse_metric() {
    constexpr auto name = name_shown<Formula>;
    if constexpr (Fault == metric_fault::swapped)
        return truth_and_prediction_must_not_be_swapped<name, variable_shown<T>>;
    else if constexpr (Fault == metric_fault::not_floating)
        return labels_must_be_floating<name, type_shown<T>>;
    else if constexpr (Fault == metric_fault::not_class_numbers)
        return labels_must_be_class_numbers<name, type_shown<T>>;
    else if constexpr (Fault == metric_fault::shape)
        return truth_must_have_shape_of_prediction<name, shape_shown<T>, shape_shown<P>>;
    else if constexpr (Fault == metric_fault::rows)
        return labels_must_have_rows_of_logits<name, shape_shown<T>, shape_shown<P>>;
    else if constexpr (Fault == metric_fault::weights)
        return weights_must_have_axes_of_values<name, shape_shown<T>, shape_shown<P>>;
    else
        return mistake<verdict::dtypes_must_match, name, type_shown<T>, type_shown<P>>;
}

template <class W, class Values>
constexpr metric_fault weight_fault_of(W, Values) {
    if (!can_weigh(W::shape(), Values::shape())) return metric_fault::weights;
    return W::type() == Values::type() ? metric_fault::none : metric_fault::types_differ;
}

} // namespace detail

/// What is wrong with the truth `T` and the prediction `P` of a metric that takes a truth of that kind.
template <truth_kind Kind, class T, class P>
constexpr metric_fault metric_fault_of() {
    if constexpr (detail::is_expr<T> && detail::is_expr<P>)
        return are_swapped<T, P>() ? metric_fault::swapped : detail::fault_between(Kind, T::root(), P::root());
    else
        return metric_fault::none;
}

/// Whether the options of a metric that its result needs are numbers: `has_constant_options<decltype(call::settled)>`.
template <class Settings>
constexpr bool has_constant_options() {
    return detail::run_time_constant(Settings{}).empty();
}

/// Whether a metric takes the truth `T` for the prediction `P`.
template <class Metric, class T, class P>
concept measurable = metric_fault_of<Metric::formula::truth, T, P>() == metric_fault::none && Metric::template misfit<P>().empty();

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/metrics/class_numbers.hpp>
#include <ctgrad/nn/metrics/mean_formula.hpp>
#include <ctgrad/nn/metrics/not_a_number.hpp>
#include <ctgrad/nn/metrics/thresholds.hpp>
#include <ctgrad/ops/argmax.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/greater.hpp>

namespace ctgrad {

namespace detail {

/// A mask as numbers in the dtype of `p`, or as float if that are class numbers.
template <operand Mask, operand P>
constexpr auto as_numbers(Mask mask, P p) {
    if constexpr (is_floating(P::type()))
        return cast_like(mask, p);
    else
        return cast<float>(mask);
}

struct exact_accuracy_formula : mean_formula<exact_accuracy_formula> {
    static constexpr char name[] = "accuracy";
    static constexpr auto defaults = options();
    static constexpr truth_kind truth = truth_kind::same;

    static constexpr auto values(auto, auto t, auto p) { return as_numbers(equal(t, p), p); }
};

struct binary_accuracy_formula : mean_formula<binary_accuracy_formula> {
    static constexpr char name[] = "binary_accuracy";
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(threshold = 0.5_c);
    }();
    static constexpr truth_kind truth = truth_kind::like_prediction;

    static constexpr auto values(auto how, auto t, auto p) {
        return cast_like(logical_and(equal(t, cast_like(greater(p, cast_like(how[threshold], p)), p)), is_score(p)), p);
    }
};

struct categorical_accuracy_formula : mean_formula<categorical_accuracy_formula> {
    static constexpr char name[] = "categorical_accuracy";
    static constexpr auto defaults = options();
    static constexpr truth_kind truth = truth_kind::like_prediction;

    static constexpr auto values(auto, auto t, auto p) {
        return cast_like(logical_and(equal(argmax(t, axis<-1>), argmax(p, axis<-1>)), are_scores(p)), p);
    }
};

struct sparse_categorical_accuracy_formula : mean_formula<sparse_categorical_accuracy_formula> {
    static constexpr char name[] = "sparse_categorical_accuracy";
    static constexpr auto defaults = options();
    static constexpr truth_kind truth = truth_kind::class_numbers;

    static constexpr auto values(auto, auto t, auto p) {
        return cast_like(logical_and(equal(without_column(t, p), argmax(p, axis<-1>)), are_scores(p)), p);
    }
};

struct accuracy_formula : mean_formula<accuracy_formula> {
    static constexpr char name[] = "accuracy";
    static constexpr auto defaults = options();
    static constexpr truth_kind truth = truth_kind::any;

    template <operand T, operand P>
    static constexpr auto values(auto, T t, P p) {
        constexpr label_form form = form_of<T, P>();
        if constexpr (form == label_form::class_numbers)
            return exact_accuracy_formula::values(none, t, p);
        else if constexpr (form == label_form::sparse)
            return sparse_categorical_accuracy_formula::values(none, t, p);
        else if constexpr (form == label_form::binary)
            return binary_accuracy_formula::values(metric_options<defaults_of<binary_accuracy_formula>>{}, t, p);
        else
            return categorical_accuracy_formula::values(none, t, p);
    }

private:
    static constexpr int none = 0;
};

} // namespace detail

/// How often a prediction hits, in the form that shapes and dtypes ask for (Keras' name "accuracy"):
/// int32 labels: `sparse_categorical_accuracy`; one number an example, [N] or [N,1]: `binary_accuracy`; rows of several:
/// `categorical_accuracy`; predicted class numbers: `exact_accuracy`.
inline constexpr metric_function<detail::accuracy_formula> accuracy{};

/// How often prediction and truth are equal, element by element (Keras, `metrics.Accuracy`).
inline constexpr metric_function<detail::exact_accuracy_formula> exact_accuracy{};

/// How often t = (p > threshold), element by element: `binary_accuracy(threshold = 0.5_c)` (Keras, `BinaryAccuracy`).
inline constexpr metric_function<detail::binary_accuracy_formula> binary_accuracy{};

/// How often the largest element of a row of the truth is where that of the prediction is (Keras, `CategoricalAccuracy`).
inline constexpr metric_function<detail::categorical_accuracy_formula> categorical_accuracy{};

/// How often the largest element of a row is at the class number that is the truth (Keras, `SparseCategoricalAccuracy`).
inline constexpr metric_function<detail::sparse_categorical_accuracy_formula> sparse_categorical_accuracy{};

} // namespace ctgrad

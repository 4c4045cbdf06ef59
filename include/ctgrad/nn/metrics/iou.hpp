// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss_options.hpp>
#include <ctgrad/nn/metrics/mean_formula.hpp>
#include <ctgrad/nn/metrics/thresholds.hpp>
#include <ctgrad/ops/argmax.hpp>
#include <ctgrad/ops/expand_dims.hpp>
#include <ctgrad/ops/greater_equal.hpp>
#include <ctgrad/ops/not_equal.hpp>

namespace ctgrad {

/// How many classes there are.
struct num_classes_t : option<num_classes_t, "num_classes", interval::whole> {
    using option::operator=;
    static constexpr bool is_constant = true;
};
inline constexpr num_classes_t num_classes{};

/// The classes whose mean is taken: `target_class_ids(0_c, 2_c)`.
struct target_class_ids_t : numbers_option<target_class_ids_t, "target_class_ids"> {
    using numbers_option::operator=;
    static constexpr bool is_constant = true;
};
inline constexpr target_class_ids_t target_class_ids{};

namespace detail {

/// Class numbers as they are; of rows with a number for each class the place of the largest.
template <operand X>
constexpr auto classes_of(X x) {
    if constexpr (X::type() == dtype::int32)
        return x;
    else
        return argmax(x, axis<-1>);
}

/// The dtype in which what is true and predicted is counted: that of scores, if there are some.
template <operand T, operand P>
constexpr dtype dtype_of_counts(T, P) {
    if constexpr (is_floating(P::type()))
        return P::type();
    else
        return is_floating(T::type()) ? T::type() : dtype::float32;
}

/// The sum of weights of each pair of a true and a predicted class: [Classes,Classes].
/// @param mark what becomes of the weights of examples, as NaN for scores that are.
template <int Classes, class Number>
constexpr auto confusion_matrix(auto t, auto p, auto w, auto mark) {
    const auto truths = mark(weigh(one_hot<Number>(t, depth<Classes>), w));
    const auto predictions = expand_dims(one_hot<Number>(p, depth<Classes>), axis<-2>);
    return sum_of_examples<2>(for_each_level(truths, leaf_beside<make_classes<Classes>>(t)) * predictions);
}

/// The mean over classes of intersection / union: of the elements that are in truth and prediction, and in either.
/// Classes that are in neither do not count.
inline double mean_iou_of(std::span<const double> confusion, auto for_each_class) {
    std::size_t classes = 0;
    while (classes * classes < confusion.size()) ++classes;
    double sum = 0, valid = 0;
    for_each_class(classes, [&](std::size_t c) {
        double either = -confusion[c * classes + c];
        for (std::size_t k = 0; k < classes; ++k) either += confusion[c * classes + k] + confusion[k * classes + c];
        sum += confusion[c * classes + c] / (either + 1e-7);
        valid += either > 1e-9 ? 1 : 0;
    });
    return sum / (valid + 1e-7);
}

/// The mean over the classes that are asked for.
struct targets_formula {
    static double result(auto how, std::span<const double> confusion) {
        return mean_iou_of(confusion, [&](std::size_t, auto take) {
            for (double c : how.value(target_class_ids)) take(static_cast<std::size_t>(c));
        });
    }
};
/// The mean over all classes.
struct all_classes_formula {
    static double result(auto, std::span<const double> confusion) {
        return mean_iou_of(confusion, [](std::size_t classes, auto take) {
            for (std::size_t c = 0; c < classes; ++c) take(c);
        });
    }
};

struct class_matrix_formula {
    static constexpr truth_kind truth = truth_kind::classes;

    /// Counts of rows in which a score is NaN become NaN.
    template <operand P>
    static constexpr auto marked(P p) {
        return [p](auto truths) {
            static_cast<void>(p); // clang 16 says that it is not used where P is not floating
            if constexpr (is_floating(P::type()))
                return contagious(for_each_level(are_scores(p), truths), truths);
            else
                return truths;
        };
    }

    template <operand T, operand P>
    static constexpr auto weighed(auto, T t, P) {
        return cast<scalar_of<dtype_of_counts(T{}, P{})>>(classes_of(t));
    }
    template <operand T, operand P>
    static constexpr auto totals(auto how, T t, P p, auto w) {
        using number = scalar_of<dtype_of_counts(T{}, P{})>;
        constexpr int classes = static_cast<int>(how.value(num_classes));
        const auto true_class = classes_of(t);
        if constexpr (how.has(ignore_class)) {
            const auto counts = cast<number>(not_equal(true_class, cast_like(how[ignore_class], true_class)));
            return boost::hana::make_tuple(confusion_matrix<classes, number>(true_class, classes_of(p), weigh(counts, w), marked(p)));
        } else
            return boost::hana::make_tuple(confusion_matrix<classes, number>(true_class, classes_of(p), w, marked(p)));
    }
};

struct iou_formula : class_matrix_formula, targets_formula {
    static constexpr char name[] = "io_u";
    static constexpr auto defaults = options(num_classes = required{}, target_class_ids = required{}, ignore_class = unset{});
};
struct mean_iou_formula : class_matrix_formula, all_classes_formula {
    static constexpr char name[] = "mean_io_u";
    static constexpr auto defaults = options(num_classes = required{}, ignore_class = unset{});
};
struct binary_iou_formula : targets_formula {
    static constexpr char name[] = "binary_io_u";
    static constexpr truth_kind truth = truth_kind::like_prediction;
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(target_class_ids(0_c, 1_c), threshold = 0.5_c);
    }();

    static constexpr auto weighed(auto, auto, auto p) { return p; }
    template <operand P>
    static constexpr auto totals(auto how, auto t, P p, auto w) {
        const auto predicted = cast<std::int32_t>(greater_equal(p, cast_like(how[threshold], p)));
        return boost::hana::make_tuple(confusion_matrix<2, scalar_of<P::type()>>(
            cast<std::int32_t>(t), predicted, w, [p](auto truths) { return contagious(for_each_level(is_score(p), truths), truths); }));
    }
};

} // namespace detail

/// Intersection over union, |truth and prediction| / |truth or prediction|, the mean over some classes:
/// `iou(num_classes = 3_c, target_class_ids(0_c, 2_c))`. Truth and prediction are class numbers, int32, or floating rows
/// with a number for each class, whose largest is taken (Keras, `IoU` and `OneHotIoU`). Elements whose true class is
/// `ignore_class` count nothing.
inline constexpr metric_function<detail::iou_formula> iou{};
/// The mean over all classes that there are: `mean_iou(num_classes = 3_c)` (Keras, `MeanIoU` and `OneHotMeanIoU`).
inline constexpr metric_function<detail::mean_iou_formula> mean_iou{};
/// The mean over the classes 0, p < `threshold`, and 1; of a truth that is 0 or 1 (Keras, `BinaryIoU`).
inline constexpr metric_function<detail::binary_iou_formula> binary_iou{};

} // namespace ctgrad

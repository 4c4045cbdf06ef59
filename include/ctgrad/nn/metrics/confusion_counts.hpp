// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/metrics/confusion.hpp>

namespace ctgrad {

namespace detail {

/// A count of its own.
template <class Formula>
struct count_formula : confusion_formula<Formula> {
    static constexpr auto defaults = options(thresholds = unset{});

    static auto result(auto how, std::span<const double> totals) {
        return at_thresholds(how, totals.size(), [&](std::size_t i) { return totals[i]; });
    }
};

struct true_positives_formula : count_formula<true_positives_formula> {
    static constexpr char name[] = "true_positives";
    static constexpr auto counts(auto t, auto above, auto w) { return boost::hana::make_tuple(sum_above(above, positives(t, w))); }
};
struct false_positives_formula : count_formula<false_positives_formula> {
    static constexpr char name[] = "false_positives";
    static constexpr auto counts(auto t, auto above, auto w) { return boost::hana::make_tuple(sum_above(above, negatives(t, w))); }
};
struct true_negatives_formula : count_formula<true_negatives_formula> {
    static constexpr char name[] = "true_negatives";
    static constexpr auto counts(auto t, auto above, auto w) { return boost::hana::make_tuple(sum_above(misses(above), negatives(t, w))); }
};
struct false_negatives_formula : count_formula<false_negatives_formula> {
    static constexpr char name[] = "false_negatives";
    static constexpr auto counts(auto t, auto above, auto w) { return boost::hana::make_tuple(sum_above(misses(above), positives(t, w))); }
};

/// Hits among all that exceed, or among all that are positive.
template <class Formula>
struct rate_formula : confusion_formula<Formula> {
    static constexpr auto defaults = options(thresholds = unset{}, top_k = unset{}, class_id = unset{});

    static auto result(auto how, std::span<const double> totals) {
        const std::size_t count = totals.size() / 2;
        return at_thresholds(how, count, [&](std::size_t i) { return divide_no_nan(totals[i], totals[i] + totals[count + i]); });
    }
};

struct precision_formula : rate_formula<precision_formula> {
    static constexpr char name[] = "precision";
    static constexpr auto counts(auto t, auto above, auto w) {
        return boost::hana::make_tuple(sum_above(above, positives(t, w)), sum_above(above, negatives(t, w)));
    }
};
struct recall_formula : rate_formula<recall_formula> {
    static constexpr char name[] = "recall";
    static constexpr auto counts(auto t, auto above, auto w) {
        return boost::hana::make_tuple(sum_above(above, positives(t, w)), sum_above(misses(above), positives(t, w)));
    }
};

} // namespace detail

/// The sum of the weights of numbers above a threshold, p > threshold, whose truth is not 0: `true_positives()`,
/// `true_positives(thresholds(0.3_c, 0.7_c))`. The threshold is 0.5 if none is given; of several there are several results.
/// Source of these: Keras, `TruePositives`, `FalsePositives`, `TrueNegatives`, `FalseNegatives`.
inline constexpr metric_function<detail::true_positives_formula> true_positives{};
/// The same of numbers above a threshold whose truth is 0.
inline constexpr metric_function<detail::false_positives_formula> false_positives{};
/// The same of numbers not above a threshold whose truth is 0.
inline constexpr metric_function<detail::true_negatives_formula> true_negatives{};
/// The same of numbers not above a threshold whose truth is not 0.
inline constexpr metric_function<detail::false_negatives_formula> false_negatives{};

/// true positives / (true positives + false positives), 0 if there are none: `precision(thresholds = 0.7_c)`.
/// After `top_k = 3_c` only the three largest of a row count, whatever they are unless thresholds are given; after
/// `class_id = 2_c` only that class (Keras, `Precision`).
inline constexpr metric_function<detail::precision_formula> precision{};
/// true positives / (true positives + false negatives), 0 if there are none, with the options of `precision` (Keras, `Recall`).
inline constexpr metric_function<detail::recall_formula> recall{};

} // namespace ctgrad

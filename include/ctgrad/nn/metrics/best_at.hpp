// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/metrics/confusion_counts.hpp>
#include <ctgrad/nn/metrics/threshold_counts.hpp>

namespace ctgrad {

/// What one rate must be at least while another is looked for, 0 to 1.
struct at_least_t : option<at_least_t, "at_least", interval::not_negative> {
    using option::operator=;
    static constexpr bool is_constant = true;
};
inline constexpr at_least_t at_least{};

namespace detail {

/// The largest rate over all thresholds where another is large enough, 0 if that is nowhere.
/// @tparam Formula says `wanted` and `bound`, rates of `confusion_counts`.
template <class Formula>
struct best_formula {
    static constexpr truth_kind truth = truth_kind::like_prediction;
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(at_least = required{}, num_thresholds = 200_c, class_id = unset{});
    }();

    static constexpr std::string_view misfit(auto how, const tensor_shape& p) { return has_class(how, p) ? "" : "class_id"; }

    static constexpr auto weighed(auto how, auto, auto p) { return of_class(how, p); }
    static constexpr auto totals(auto how, auto t, auto p, auto w) {
        return counts_over_thresholds<0>(how, of_class(how, t), of_class(how, p), w);
    }
    static double result(auto how, std::span<const double> totals) {
        double best = 0;
        const counts_of_label counts(totals, 0, 1);
        for (std::size_t i = 0; i < counts.size(); ++i)
            if (Formula::bound(counts[i]) >= how.value(at_least) && Formula::wanted(counts[i]) > best) best = Formula::wanted(counts[i]);
        for (const double total : totals)
            if (total != total) return total; // a score was NaN
        return best;
    }
};

struct sensitivity_at_specificity_formula : best_formula<sensitivity_at_specificity_formula> {
    static constexpr char name[] = "sensitivity_at_specificity";
    static double wanted(const confusion_counts& at) { return at.recall(); }
    static double bound(const confusion_counts& at) { return at.specificity(); }
};
struct specificity_at_sensitivity_formula : best_formula<specificity_at_sensitivity_formula> {
    static constexpr char name[] = "specificity_at_sensitivity";
    static double wanted(const confusion_counts& at) { return at.specificity(); }
    static double bound(const confusion_counts& at) { return at.recall(); }
};
struct precision_at_recall_formula : best_formula<precision_at_recall_formula> {
    static constexpr char name[] = "precision_at_recall";
    static double wanted(const confusion_counts& at) { return at.precision(); }
    static double bound(const confusion_counts& at) { return at.recall(); }
};
struct recall_at_precision_formula : best_formula<recall_at_precision_formula> {
    static constexpr char name[] = "recall_at_precision";
    static double wanted(const confusion_counts& at) { return at.recall(); }
    static double bound(const confusion_counts& at) { return at.precision(); }
};

} // namespace detail

/// The best sensitivity (recall) at thresholds where the specificity, true negatives / negatives, is at least so high:
/// `sensitivity_at_specificity(0.9_c)`, with `num_thresholds = 200_c` and for one `class_id`.
/// Source of these: Keras, `SensitivityAtSpecificity`, `SpecificityAtSensitivity`, `PrecisionAtRecall`, `RecallAtPrecision`.
inline constexpr metric_function<detail::sensitivity_at_specificity_formula> sensitivity_at_specificity{};
/// The best specificity where the sensitivity is at least so high.
inline constexpr metric_function<detail::specificity_at_sensitivity_formula> specificity_at_sensitivity{};
/// The best precision where the recall is at least so high.
inline constexpr metric_function<detail::precision_at_recall_formula> precision_at_recall{};
/// The best recall where the precision is at least so high.
inline constexpr metric_function<detail::recall_at_precision_formula> recall_at_precision{};

} // namespace ctgrad

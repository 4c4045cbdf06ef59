// SPDX-License-Identifier: BSL-1.0
#include "fed_options.hpp"
#include "metrics.hpp"

#include <algorithm>

namespace ct = ctgrad;

namespace conformance {

namespace {

using namespace ct::literals;

template <class... Flag>
using areas = fed_metric<ct::detail::auc_formula, pack<Flag...>, ct::thresholds_t>;
using areas_of_weighted_labels = fed_metric<ct::detail::auc_formula, pack<>, ct::thresholds_t, ct::label_weights_t>;
using best_of_class = fed_metric<ct::detail::sensitivity_at_specificity_formula, pack<decltype(ct::at_least = 1_c)>, ct::class_id_t>;

/// Thresholds between 0 and 1, if the case does not say its own.
json with_thresholds(json arguments) {
    std::vector<double> inner;
    if (given(arguments, "thresholds"))
        inner = numbers(arguments["thresholds"]);
    else
        for (int i = 1, count = arguments.value("num_thresholds", 200); i + 1 < count; ++i) inner.push_back(i / (count - 1.0));
    if (arguments.value("num_thresholds", 200) < 2) throw skipped("one threshold, not at equal distances");
    if (inner.empty()) inner.push_back(2); // which nothing exceeds, as at the last one
    std::sort(inner.begin(), inner.end());
    arguments["thresholds"] = inner;
    return arguments;
}

template <class Fed>
std::vector<double> totals_over_thresholds(const batch& b, const json& arguments) {
    return Fed::of_elements(b, with_thresholds(arguments));
}
std::vector<double> area(const std::vector<double>& totals, const json& arguments, const batch&) {
    return {ct::detail::auc_formula::result(fed_options<>{arguments}, totals)};
}
std::vector<double> mean_area(const std::vector<double>& totals, const json& arguments, const batch& last) {
    if (given(arguments, "label_weights"))
        return {ct::detail::auc_formula::mean_area(fed_options<ct::multi_label_t, ct::label_weights_t>{arguments}, totals, last.columns)};
    return {ct::detail::auc_formula::mean_area(fed_options<ct::multi_label_t>{arguments}, totals, last.columns)};
}

/// Best rates count as areas do; of one class, over 200 thresholds.
template <class Formula>
std::vector<double> best(const std::vector<double>& totals, const json& arguments, const batch&) {
    json bound = arguments;
    for (const char* name : {"specificity", "sensitivity", "recall", "precision"})
        if (arguments.contains(name)) bound["at_least"] = arguments[name];
    return {Formula::result(fed_options<>{bound}, totals)};
}
std::vector<double> totals_of_class(const batch& b, const json& arguments) {
    if (arguments.value("num_thresholds", 200) != 200) throw skipped("a class with another number of thresholds than 200");
    return best_of_class::of_rows(b, arguments);
}

/// One threshold, unless the case says others; the k largest exceed it.
template <class Formula, class... Option>
metric_program above_thresholds(batch_form form = batch_form::elements) {
    using fed = fed_metric<Formula, pack<>, ct::thresholds_t, Option...>;
    constexpr auto totals = [](const batch& b, const json& arguments) {
        json all = arguments;
        if (!given(all, "thresholds")) all["thresholds"] = given(all, "top_k") ? -1e10 : 0.5;
        if constexpr ((std::is_same_v<Option, ct::class_id_t> || ...))
            return fed::of_rows(b, all);
        else
            return fed::of_elements(b, all);
    };
    return {form, totals, fed::result};
}

} // namespace

const metric_programs confusion_metrics{
    {"AUC", {batch_form::elements, totals_over_thresholds<areas<>>, area}},
    {"AUC from_logits", {batch_form::elements, totals_over_thresholds<areas<ct::from_logits_t>>, area}},
    {"AUC from_logits multi_label", {batch_form::elements, totals_over_thresholds<areas<ct::multi_label_t, ct::from_logits_t>>, mean_area}},
    {"AUC label_weights", {batch_form::elements, totals_over_thresholds<areas_of_weighted_labels>, area}},
    {"AUC multi_label", {batch_form::elements, totals_over_thresholds<areas<ct::multi_label_t>>, mean_area}},
    {"FalseNegatives", above_thresholds<ct::detail::false_negatives_formula>()},
    {"FalsePositives", above_thresholds<ct::detail::false_positives_formula>()},
    {"Precision", above_thresholds<ct::detail::precision_formula>()},
    {"Precision class_id", above_thresholds<ct::detail::precision_formula, ct::class_id_t>(batch_form::rows)},
    {"Precision class_id top_k", above_thresholds<ct::detail::precision_formula, ct::class_id_t, ct::top_k_t>(batch_form::rows)},
    {"Precision top_k", above_thresholds<ct::detail::precision_formula, ct::top_k_t>(batch_form::one_row)},
    {"PrecisionAtRecall", {batch_form::elements, totals_over_thresholds<areas<>>, best<ct::detail::precision_at_recall_formula>}},
    {"PrecisionAtRecall class_id", {batch_form::rows, totals_of_class, best<ct::detail::precision_at_recall_formula>}},
    {"Recall", above_thresholds<ct::detail::recall_formula>()},
    {"Recall class_id", above_thresholds<ct::detail::recall_formula, ct::class_id_t>(batch_form::rows)},
    {"Recall class_id top_k", above_thresholds<ct::detail::recall_formula, ct::class_id_t, ct::top_k_t>(batch_form::rows)},
    {"Recall top_k", above_thresholds<ct::detail::recall_formula, ct::top_k_t>(batch_form::one_row)},
    {"RecallAtPrecision", {batch_form::elements, totals_over_thresholds<areas<>>, best<ct::detail::recall_at_precision_formula>}},
    {"RecallAtPrecision class_id", {batch_form::rows, totals_of_class, best<ct::detail::recall_at_precision_formula>}},
    {"SensitivityAtSpecificity",
     {batch_form::elements, totals_over_thresholds<areas<>>, best<ct::detail::sensitivity_at_specificity_formula>}},
    {"SensitivityAtSpecificity class_id", {batch_form::rows, totals_of_class, best<ct::detail::sensitivity_at_specificity_formula>}},
    {"SpecificityAtSensitivity",
     {batch_form::elements, totals_over_thresholds<areas<>>, best<ct::detail::specificity_at_sensitivity_formula>}},
    {"SpecificityAtSensitivity class_id", {batch_form::rows, totals_of_class, best<ct::detail::specificity_at_sensitivity_formula>}},
    {"TrueNegatives", above_thresholds<ct::detail::true_negatives_formula>()},
    {"TruePositives", above_thresholds<ct::detail::true_positives_formula>()},
};

} // namespace conformance

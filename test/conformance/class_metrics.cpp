// SPDX-License-Identifier: BSL-1.0
#include "fed_options.hpp"
#include "metrics.hpp"

#include <limits>

namespace ct = ctgrad;
using namespace ct::literals;

namespace conformance {

namespace {

template <class... Flag>
using scores_of_classes = fed_metric<ct::detail::fbeta_score_formula, pack<Flag...>>;
template <class... Flag>
using scores_above = fed_metric<ct::detail::fbeta_score_formula, pack<Flag...>, ct::threshold_t>;
using micro = decltype(ct::average = ct::micro);

/// Classes counted together are another program.
template <class Apart, class Together>
std::vector<double> class_counts(const batch& b, const json& arguments) {
    if (arguments.value("average", json()) == json("micro")) return Together::of_rows(b, arguments);
    return Apart::of_rows(b, arguments);
}
std::vector<double> fbeta(const std::vector<double>& totals, const json& arguments, const batch&) {
    json all = arguments;
    if (!given(all, "beta")) all["beta"] = 1;
    if (given(all, "average")) return {ct::detail::fbeta_score_formula::result(fed_options<ct::average_t>{all}, totals)};
    return ct::detail::fbeta_score_formula::result(fed_options<>{all}, totals);
}

using coefficient = fed_metric<ct::detail::r2_score_formula, pack<>>;
std::vector<double> r2(const std::vector<double>& totals, const json& arguments, const batch&) {
    json all = arguments;
    if (!given(all, "num_regressors")) all["num_regressors"] = 0;
    if (all.contains("class_aggregation") && all["class_aggregation"].is_null())
        return ct::detail::r2_score_formula::result(fed_options<>{all}, totals);
    return {ct::detail::r2_score_formula::result(fed_options<ct::class_aggregation_t>{all}, totals)};
}

/// More classes than there are change nothing: those that are nowhere do not count.
constexpr auto intersections = ct::mean_iou(16_c, ct::ignore_class = scalar_of(ct::ignore_class));

json with_ignored(json arguments) {
    if (!given(arguments, "ignore_class")) arguments["ignore_class"] = std::numeric_limits<std::int32_t>::min();
    if (arguments.value("num_classes", 2) > 16) throw skipped("more than 16 classes");
    return arguments;
}
constexpr auto float_weight_leaf = ct::placeholder<"w", float, rows_of_batch>; // class numbers are counted in float

/// Classes that are more than there are become none.
std::vector<std::int32_t> known_classes(std::vector<std::int32_t> classes, const json& arguments) {
    for (std::int32_t& c : classes)
        if (c >= arguments.value("num_classes", 2)) c = -1;
    return classes;
}

std::vector<double> matrix_of_labels(const batch& b, const json& arguments) {
    const std::vector<std::int32_t> labels = known_classes(b.labels(), arguments), guesses = known_classes(b.guesses(), arguments);
    const std::vector<float> weights(b.weights.begin(), b.weights.end());
    return with_options<ct::ignore_class_t>(intersections, intersections.totals(label_leaf, guess_leaf, float_weight_leaf),
                                            with_ignored(arguments), label_leaf = labels, guess_leaf = guesses,
                                            float_weight_leaf = weights);
}
std::vector<double> matrix_of_scores(const batch& b, const json& arguments) {
    const std::vector<std::int32_t> labels = known_classes(b.labels(), arguments);
    return with_options<ct::ignore_class_t>(
        intersections, intersections.totals(label_leaf, prediction_leaf, row_weight_leaf), with_ignored(arguments), label_leaf = labels,
        prediction_leaf = ct::view(b.prediction.data(), b.rows, b.columns), row_weight_leaf = b.weights);
}
std::vector<double> matrix_of_rows(const batch& b, const json& arguments) {
    return with_options<ct::ignore_class_t>(intersections, intersections.totals(truth_leaf, prediction_leaf, row_weight_leaf),
                                            with_ignored(arguments), truth_leaf = ct::view(b.truth.data(), b.rows, b.columns),
                                            prediction_leaf = ct::view(b.prediction.data(), b.rows, b.columns),
                                            row_weight_leaf = b.weights);
}
std::vector<double> iou(const std::vector<double>& totals, const json& arguments, const batch&) {
    if (given(arguments, "target_class_ids")) return {ct::detail::iou_formula::result(fed_options<>{arguments}, totals)};
    return {intersections.result(totals)};
}
std::vector<double> matrix_of_two(const batch& b, const json& arguments) {
    return fed_metric<ct::detail::binary_iou_formula, pack<>, ct::threshold_t>::of_elements(b, arguments);
}
std::vector<double> iou_of_two(const std::vector<double>& totals, const json& arguments, const batch& last) {
    json all = arguments;
    if (!given(all, "target_class_ids")) all["target_class_ids"] = {0, 1};
    return iou(totals, all, last);
}

constexpr metric_program fbeta_program{batch_form::rows, class_counts<scores_of_classes<>, scores_of_classes<micro>>, fbeta};
constexpr metric_program fbeta_above_program{batch_form::rows, class_counts<scores_above<>, scores_above<micro>>, fbeta};

} // namespace

const metric_programs class_metrics{
    {"BinaryIoU", {batch_form::elements, matrix_of_two, iou_of_two}},
    {"F1Score", fbeta_program},
    {"F1Score threshold", fbeta_above_program},
    {"FBetaScore", fbeta_program},
    {"FBetaScore threshold", fbeta_above_program},
    {"IoU", {batch_form::elements, matrix_of_labels, iou}},
    {"IoU dense_y_pred", {batch_form::labels, matrix_of_scores, iou}},
    {"IoU dense_y_true dense_y_pred", {batch_form::rows, matrix_of_rows, iou}},
    {"MeanIoU", {batch_form::elements, matrix_of_labels, iou}},
    {"MeanIoU dense_y_pred", {batch_form::labels, matrix_of_scores, iou}},
    {"MeanIoU dense_y_true dense_y_pred", {batch_form::rows, matrix_of_rows, iou}},
    {"OneHotIoU dense_y_true dense_y_pred", {batch_form::rows, matrix_of_rows, iou}},
    {"OneHotMeanIoU dense_y_true dense_y_pred", {batch_form::rows, matrix_of_rows, iou}},
    {"R2Score", {batch_form::rows, coefficient::of_rows, r2, ct::detail::r2_score_formula::merge}},
};

} // namespace conformance

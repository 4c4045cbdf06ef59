// SPDX-License-Identifier: BSL-1.0
#include "metrics.hpp"

namespace ct = ctgrad;

namespace conformance {

namespace {

constexpr auto mean = ct::mean_metric<>;
constexpr auto sum = ct::sum_metric<>;

template <const auto& Metric>
std::vector<double> totals_of_values(const batch& b, const json&) {
    return summed(Metric, Metric.totals(prediction_leaf, weight_leaf), prediction_leaf = ct::view(b.prediction.data(), b.rows, b.columns),
                  weight_leaf = ct::view(b.weights.data(), b.rows, b.columns));
}
template <const auto& Metric>
std::vector<double> result_of_values(const std::vector<double>& totals, const json&, const batch&) {
    return {Metric.result(totals)};
}
template <const auto& Metric>
constexpr metric_program program_of_values{batch_form::values, totals_of_values<Metric>, result_of_values<Metric>};

} // namespace

const metric_programs mean_metrics{
    {"Accuracy", program_of_elements<ct::detail::exact_accuracy_formula>()},
    {"BinaryAccuracy", program_of_elements<ct::detail::binary_accuracy_formula, pack<>, ct::threshold_t>()},
    {"CategoricalAccuracy", program_of_rows<ct::detail::categorical_accuracy_formula>()},
    {"Mean", program_of_values<mean>},
    {"RootMeanSquaredError", program_of_elements<ct::detail::root_mean_squared_error_formula>()},
    {"SparseCategoricalAccuracy", program_of_labels<ct::detail::sparse_categorical_accuracy_formula>()},
    {"SparseTopKCategoricalAccuracy", program_of_labels<ct::detail::sparse_top_k_categorical_accuracy_formula, pack<>, ct::top_k_t>()},
    {"SparseTopKCategoricalAccuracy from_sorted_ids",
     program_of_labels<ct::detail::sparse_top_k_categorical_accuracy_formula, pack<ct::from_sorted_ids_t>, ct::top_k_t>()},
    {"Sum", program_of_values<sum>},
    {"TopKCategoricalAccuracy", program_of_rows<ct::detail::top_k_categorical_accuracy_formula, pack<>, ct::top_k_t>()},
};

} // namespace conformance

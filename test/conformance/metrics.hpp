// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "batch.hpp"
#include "formula.hpp"
#include "interpreted.hpp"

#include <boost/hana/unpack.hpp>

#include <array>
#include <span>

/// Metrics with every option that is a number fed at the call, so that one program does for all values.
namespace conformance {

/// How a metric is computed: the totals of a batch, and what is made of their sum.
struct metric_program {
    batch_form form;
    std::vector<double> (*totals)(const batch&, const json& arguments);
    std::vector<double> (*result)(const std::vector<double>& totals, const json& arguments, const batch& last);
    void (*merge)(std::span<double> totals, std::span<const double> more) = add_up;

    static void add_up(std::span<double> totals, std::span<const double> more) {
        for (std::size_t i = 0; i < more.size(); ++i) totals[i] += more[i];
    }
};
/// By Keras' name and the flags that are given, in the order of the alphabet: "Precision class_id".
using metric_programs = std::map<std::string, metric_program>;
extern const metric_programs mean_metrics, confusion_metrics, class_metrics, loss_metrics;

constexpr auto rows_of_batch = ctgrad::dim<"N">;
constexpr auto columns_of_batch = ctgrad::dim<"C">;
constexpr auto truth_leaf = ctgrad::placeholder<"t", double, rows_of_batch, columns_of_batch>;
constexpr auto prediction_leaf = ctgrad::placeholder<"p", double, rows_of_batch, columns_of_batch>;
constexpr auto weight_leaf = ctgrad::placeholder<"w", double, rows_of_batch, columns_of_batch>;
constexpr auto row_weight_leaf = ctgrad::placeholder<"r", double, rows_of_batch>;
constexpr auto label_leaf = ctgrad::placeholder<"labels", std::int32_t, rows_of_batch>;
constexpr auto guess_leaf = ctgrad::placeholder<"guesses", std::int32_t, rows_of_batch>;

/// The leaf that is fed for an option: a number, or a vector for options that take several.
template <class Option>
constexpr auto leaf_of(Option) {
    if constexpr (std::is_same_v<Option, ctgrad::thresholds_t>)
        return ctgrad::placeholder<Option::name, double, ctgrad::dim<"T">>;
    else if constexpr (std::is_same_v<Option, ctgrad::label_weights_t>)
        return ctgrad::placeholder<Option::name, double, columns_of_batch>;
    else
        return scalar_of(Option{});
}
/// What a call feeds for an option: `otherwise` if the case does not say.
template <class Option>
std::vector<double> data_of(Option, const json& arguments, double otherwise = 1) {
    const std::string name(Option::name.view());
    return given(arguments, name) ? numbers(arguments[name]) : std::vector{otherwise};
}

/// The totals of `Sums` for a call with `fed...`, one after the other.
template <class Metric, class... E, class... Fed>
std::vector<double> summed(Metric, boost::hana::tuple<E...>, Fed&&... fed) {
    std::vector<double> totals;
    for (const std::vector<double>& each : {value_of_expression(E{}, fed...)...}) totals.insert(totals.end(), each.begin(), each.end());
    return totals;
}

/// The totals of a metric whose options `Option...` are fed, behind truth, prediction and weights.
template <class... Option, class Metric, class Totals, class... Fed>
std::vector<double> with_options(Metric m, Totals totals, const json& arguments, Fed&&... fed) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        [[maybe_unused]] const std::array<std::vector<double>, sizeof...(Option)> data{data_of(Option{}, arguments)...};
        return summed(m, totals, fed..., (leaf_of(Option{}) = data[I])...);
    }(std::index_sequence_for<Option...>{});
}

template <class Formula, class Flags, class... Option>
struct fed_metric;
template <class Formula, class... Flag, class... Option>
struct fed_metric<Formula, pack<Flag...>, Option...> {
    static constexpr auto made = ctgrad::metric_function<Formula>{}((Option{} = leaf_of(Option{}))..., Flag{}...);

    static std::vector<double> of_elements(const batch& b, const json& arguments) {
        return with_options<Option...>(made, made.totals(truth_leaf, prediction_leaf, weight_leaf), arguments,
                                       truth_leaf = matrix(b, b.truth), prediction_leaf = matrix(b, b.prediction),
                                       weight_leaf = matrix(b, b.weights));
    }
    static std::vector<double> of_rows(const batch& b, const json& arguments) {
        return with_options<Option...>(made, made.totals(truth_leaf, prediction_leaf, row_weight_leaf), arguments,
                                       truth_leaf = matrix(b, b.truth), prediction_leaf = matrix(b, b.prediction),
                                       row_weight_leaf = b.weights);
    }
    static std::vector<double> of_labels(const batch& b, const json& arguments) {
        const std::vector<std::int32_t> labels = b.labels();
        return with_options<Option...>(made, made.totals(label_leaf, prediction_leaf, row_weight_leaf), arguments, label_leaf = labels,
                                       prediction_leaf = matrix(b, b.prediction), row_weight_leaf = b.weights);
    }
    static std::vector<double> result(const std::vector<double>& totals, const json&, const batch&) { return as_list(made.result(totals)); }

    static std::vector<double> as_list(double x) { return {x}; }
    static std::vector<double> as_list(std::vector<double> x) { return x; }
    static auto matrix(const batch& b, const std::vector<double>& data) { return ctgrad::view(data.data(), b.rows, b.columns); }
};

template <class Formula, class Flags = pack<>, class... Option>
constexpr metric_program program_of_elements(batch_form form = batch_form::elements) {
    using fed = fed_metric<Formula, Flags, Option...>;
    return {form, fed::of_elements, fed::result};
}
template <class Formula, class Flags = pack<>, class... Option>
constexpr metric_program program_of_rows() {
    using fed = fed_metric<Formula, Flags, Option...>;
    return {batch_form::rows, fed::of_rows, fed::result};
}
template <class Formula, class Flags = pack<>, class... Option>
constexpr metric_program program_of_labels() {
    using fed = fed_metric<Formula, Flags, Option...>;
    return {batch_form::labels, fed::of_labels, fed::result};
}

} // namespace conformance

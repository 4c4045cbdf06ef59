// SPDX-License-Identifier: BSL-1.0
#include "metrics.hpp"

namespace ct = ctgrad;

namespace conformance {

namespace {

/// The mean of a loss as a metric: `Loss` with options `Option...` that are fed, and flags; numbers are of type `T`.
template <class T, const auto& Loss, class Flags, class... Option>
struct fed_loss;
template <class T, const auto& Loss, class... Flag, class... Option>
struct fed_loss<T, Loss, pack<Flag...>, Option...> {
    static constexpr auto made = ct::as_metric(Loss((Option{} = leaf_of(Option{}))..., Flag{}...));
    static constexpr auto t = ct::placeholder<"t", T, rows_of_batch, columns_of_batch>;
    static constexpr auto p = ct::placeholder<"p", T, rows_of_batch, columns_of_batch>;
    static constexpr auto w = ct::placeholder<"w", T, rows_of_batch>;

    static std::vector<double> of_rows(const batch& b, const json& arguments) {
        const std::vector<T> truth(b.truth.begin(), b.truth.end()), prediction(b.prediction.begin(), b.prediction.end()),
            weights(b.weights.begin(), b.weights.end());
        return with_options<Option...>(made, made.totals(t, p, w), with_defaults(arguments), t = ct::view(truth.data(), b.rows, b.columns),
                                       p = ct::view(prediction.data(), b.rows, b.columns), w = weights);
    }
    static std::vector<double> of_labels(const batch& b, const json& arguments) {
        const std::vector<std::int32_t> labels = b.labels();
        const std::vector<T> prediction(b.prediction.begin(), b.prediction.end()), weights(b.weights.begin(), b.weights.end());
        if constexpr ((std::is_same_v<Option, ct::ignore_class_t> ||
                       ...)) // weights of 1 are not none: those of ignored labels do not count
            if (!b.is_weighed)
                return with_options<Option...>(made, made.totals(label_leaf, p), arguments, label_leaf = labels,
                                               p = ct::view(prediction.data(), b.rows, b.columns));
        return with_options<Option...>(made, made.totals(label_leaf, p, w), arguments, label_leaf = labels,
                                       p = ct::view(prediction.data(), b.rows, b.columns), w = weights);
    }
    static std::vector<double> result(const std::vector<double>& totals, const json&, const batch&) { return {made.result(totals)}; }

private:
    static json with_defaults(json arguments) {
        if (!given(arguments, "label_smoothing")) arguments["label_smoothing"] = 0;
        return arguments;
    }
};

template <const auto& Loss, class Flags = pack<>, class... Option>
constexpr metric_program mean_of() {
    using fed = fed_loss<double, Loss, Flags, Option...>;
    return {batch_form::rows, fed::of_rows, fed::result};
}
template <const auto& Loss, class Flags = pack<>, class... Option>
constexpr metric_program mean_of_labels() {
    using fed = fed_loss<double, Loss, Flags, Option...>;
    return {batch_form::labels, fed::of_labels, fed::result};
}

using binary_of_floats = fed_loss<float, ct::binary_crossentropy, pack<>, ct::label_smoothing_t>;
using categorical_of_floats = fed_loss<float, ct::categorical_crossentropy, pack<>, ct::label_smoothing_t>;
using sparse_of_floats = fed_loss<float, ct::sparse_categorical_crossentropy, pack<>>;

} // namespace

const metric_programs loss_metrics{
    {"BinaryCrossentropy", mean_of<ct::binary_crossentropy, pack<>, ct::label_smoothing_t>()},
    {"BinaryCrossentropy from_logits", mean_of<ct::binary_crossentropy, pack<ct::from_logits_t>, ct::label_smoothing_t>()},
    {"BinaryCrossentropy of floats", {batch_form::rows, binary_of_floats::of_rows, binary_of_floats::result}},
    {"CategoricalCrossentropy", mean_of<ct::categorical_crossentropy, pack<>, ct::label_smoothing_t>()},
    {"CategoricalCrossentropy from_logits", mean_of<ct::categorical_crossentropy, pack<ct::from_logits_t>, ct::label_smoothing_t>()},
    {"CategoricalCrossentropy of floats", {batch_form::rows, categorical_of_floats::of_rows, categorical_of_floats::result}},
    {"CategoricalHinge", mean_of<ct::categorical_hinge>()},
    {"ConcordanceCorrelation", mean_of<ct::concordance_correlation>()},
    {"CosineSimilarity", mean_of<ct::cosine_similarity>()},
    {"Hinge", mean_of<ct::hinge>()},
    {"KLDivergence", mean_of<ct::kl_divergence>()},
    {"LogCoshError", mean_of<ct::log_cosh>()},
    {"MeanAbsoluteError", mean_of<ct::mean_absolute_error>()},
    {"MeanAbsolutePercentageError", mean_of<ct::mean_absolute_percentage_error>()},
    {"MeanSquaredError", mean_of<ct::mean_squared_error>()},
    {"MeanSquaredLogarithmicError", mean_of<ct::mean_squared_logarithmic_error>()},
    {"PearsonCorrelation", mean_of<ct::pearson_correlation>()},
    {"Poisson", mean_of<ct::poisson>()},
    {"SparseCategoricalCrossentropy", mean_of_labels<ct::sparse_categorical_crossentropy>()},
    {"SparseCategoricalCrossentropy from_logits", mean_of_labels<ct::sparse_categorical_crossentropy, pack<ct::from_logits_t>>()},
    {"SparseCategoricalCrossentropy from_logits ignore_class",
     mean_of_labels<ct::sparse_categorical_crossentropy, pack<ct::from_logits_t>, ct::ignore_class_t>()},
    {"SparseCategoricalCrossentropy ignore_class", mean_of_labels<ct::sparse_categorical_crossentropy, pack<>, ct::ignore_class_t>()},
    {"SparseCategoricalCrossentropy of floats", {batch_form::labels, sparse_of_floats::of_labels, sparse_of_floats::result}},
    {"SquaredHinge", mean_of<ct::squared_hinge>()},
};

} // namespace conformance

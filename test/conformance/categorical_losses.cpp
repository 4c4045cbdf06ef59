// SPDX-License-Identifier: BSL-1.0
#include "losses.hpp"

namespace ct = ctgrad;

namespace conformance {

namespace {

/// `circle` of rows that are compared to others.
template <class... Flag>
loss_values compared(const loss_problem& of, const std::vector<double>& factors) {
    using leaves = class_numbers<double>;
    constexpr auto labels = ct::placeholder<"ref_labels", std::int32_t, ct::dim<"K">>;
    constexpr auto embeddings = ct::placeholder<"ref_embeddings", double, ct::dim<"K">, ct::dim<"M">>;
    constexpr auto gamma = scalar_of(ct::gamma);
    constexpr auto margin = scalar_of(ct::margin);
    constexpr auto each =
        ct::circle(ct::gamma = gamma, ct::margin = margin, ct::ref_labels = labels, ct::ref_embeddings = embeddings, Flag{}...)
            .per_example(leaves::t, leaves::p);
    constexpr auto slope = ct::gradient(ct::reduce_sum(each * leaves::factor), leaves::p)[leaves::p];
    const auto value = [&](auto e) {
        const auto found = ct::evaluate(e, leaves::t = of.truth, leaves::p = of.prediction, leaves::factor = factors,
                                        labels = numbers(of.arguments["ref_labels"]), embeddings = numbers(of.arguments["ref_embeddings"]),
                                        gamma = of.arguments.value("gamma", 80.0), margin = of.arguments.value("margin", 0.4));
        return std::vector<double>(found.begin(), found.end());
    };
    return {value(each), value(slope)};
}

} // namespace

const loss_programs categorical_losses{
    {{"Circle", layout::labels, "ref_embeddings "}, compared<>},
    {{"Circle", layout::labels, "keep_diagonal ref_embeddings "}, compared<ct::keep_diagonal_t>},
    entry<ct::categorical_crossentropy, along_last<double>>("CategoricalCrossentropy"),
    entry<ct::categorical_crossentropy, along_last<double>>("CategoricalCrossentropy", ct::from_logits),
    entry<ct::categorical_crossentropy, along_middle<double>>("CategoricalCrossentropy"),
    entry<ct::categorical_crossentropy, along_middle<double>>("CategoricalCrossentropy", ct::from_logits),
    entry<ct::categorical_focal_crossentropy, along_last<double>>("CategoricalFocalCrossentropy"),
    entry<ct::categorical_focal_crossentropy, along_last<double>>("CategoricalFocalCrossentropy", ct::from_logits),
    entry<ct::categorical_focal_crossentropy, along_middle<double>>("CategoricalFocalCrossentropy"),
    entry<ct::categorical_focal_crossentropy, along_middle<double>>("CategoricalFocalCrossentropy", ct::from_logits),
    entry<ct::categorical_generalized_cross_entropy, class_numbers<double>>("CategoricalGeneralizedCrossEntropy"),
    entry<ct::circle, class_numbers<double>>("Circle"),
    entry<ct::circle, class_numbers<double>>("Circle", ct::keep_diagonal),
    entry<ct::sparse_categorical_crossentropy, class_numbers<double>>("SparseCategoricalCrossentropy"),
    entry<ct::sparse_categorical_crossentropy, class_numbers<double>>("SparseCategoricalCrossentropy", ct::from_logits),
    entry<ct::sparse_categorical_crossentropy, class_numbers<double>>("SparseCategoricalCrossentropy", ct::ignore_class),
    entry<ct::sparse_categorical_crossentropy, class_numbers<double>>("SparseCategoricalCrossentropy", ct::from_logits, ct::ignore_class),
};

} // namespace conformance

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss_options.hpp>
#include <ctgrad/nn/metrics/threshold_counts.hpp>
#include <ctgrad/ops/sigmoid.hpp>

namespace ctgrad {

/// The weights of labels, the places along the last axis: `auc(multi_label, label_weights(0.75_c, 0.25_c))`.
struct label_weights_t : numbers_option<label_weights_t, "label_weights"> {
    using numbers_option::operator=;
};
inline constexpr label_weights_t label_weights{};

/// A curve for each label, a place along the last axis, instead of one for all.
struct multi_label_t : flag<multi_label_t, "multi_label"> {};
inline constexpr multi_label_t multi_label{};

namespace detail {

/// Weights that also weigh labels, if the options say so.
template <operand P>
constexpr auto with_label_weights(auto how, P p, auto w) {
    if constexpr (how.has(label_weights))
        return weigh(repeated_like(vector_of(how[label_weights], p), p), w);
    else
        return w;
}

struct auc_formula {
    static constexpr char name[] = "auc";
    static constexpr truth_kind truth = truth_kind::like_prediction;
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(num_thresholds = 200_c, curve = roc, summation_method = interpolation, thresholds = unset{}, multi_label,
                       label_weights = unset{}, from_logits);
    }();

    static constexpr std::string_view misfit(auto how, const tensor_shape& p) {
        if (how.has(multi_label) && p.rank < 2) return "multi_label";
        if constexpr (how.has(label_weights))
            if (p.rank == 0 || !(p[p.rank - 1] == size_of(how[label_weights]))) return "label_weights";
        return "";
    }

    static constexpr auto weighed(auto, auto, auto p) { return p; }

    static constexpr auto totals(auto how, auto t, auto p, auto w) {
        if constexpr (how.has(from_logits))
            return counts(how, t, sigmoid(p), w);
        else
            return counts(how, t, p, w);
    }

    static double result(auto how, std::span<const double> totals) {
        if constexpr (how.has(multi_label))
            return mean_area(how, totals, totals.size() / (2 * (inner_count(how) + 1)));
        else
            return area_under(how.value(curve), how.value(summation_method), counts_of_label(totals, 0, 1));
    }

    /// The mean of the areas of all labels, weighed if the options say so.
    static double mean_area(auto how, std::span<const double> totals, std::size_t labels) {
        double areas = 0, weights = 0;
        for (std::size_t i = 0; i < labels; ++i) {
            const double weight = weight_of(how, i);
            areas += weight * area_under(how.value(curve), how.value(summation_method), counts_of_label(totals, i, labels));
            weights += weight;
        }
        return divide_no_nan(areas, weights);
    }

private:
    static double weight_of(auto how, [[maybe_unused]] std::size_t label) {
        if constexpr (how.has(label_weights))
            return how.value(label_weights)[label];
        else
            return 1;
    }
    static constexpr auto counts(auto how, auto t, auto p, auto w) {
        if constexpr (how.has(multi_label))
            return counts_over_thresholds<1>(how, t, p, w);
        else
            return counts_over_thresholds<0>(how, t, p, with_label_weights(how, p, w));
    }
    static constexpr std::size_t inner_count(auto how) {
        if constexpr (how.has(thresholds))
            return static_cast<std::size_t>(size_of(how[thresholds]).extent);
        else
            return static_cast<std::size_t>(how.value(num_thresholds)) - 2;
    }
};

} // namespace detail

/// The area under a curve that thresholds on the prediction, probabilities, draw: `auc()`, `auc(curve = pr)`,
/// `auc(multi_label, label_weights(0.75_c, 0.25_c))`. Curves are `roc`, `pr` and `pr_gain`.
///
/// There are `num_thresholds = 200_c` thresholds at equal distances from 0 to 1, or `thresholds(0.2_c, 0.5_c)`, to which
/// 0 and 1 are added. Between two of them the area is found by `summation_method = interpolation`, `minoring` or `majoring`.
/// With `multi_label` there is a curve for each place along the last axis; the result is the mean of their areas.
/// `label_weights` weigh labels, in the mean or else their counts. After `from_logits` the prediction is scores.
/// Source: Keras, `AUC`.
inline constexpr metric_function<detail::auc_formula> auc{};

} // namespace ctgrad

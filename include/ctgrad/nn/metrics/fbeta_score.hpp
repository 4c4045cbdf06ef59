// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss_options.hpp>
#include <ctgrad/nn/metrics/mean_formula.hpp>
#include <ctgrad/nn/metrics/thresholds.hpp>
#include <ctgrad/nn/metrics/word_option.hpp>
#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/greater_equal.hpp>
#include <ctgrad/ops/logical_and.hpp>
#include <ctgrad/ops/reduce_max.hpp>

#include <vector>

namespace ctgrad {

/// How the scores of classes become one: counted together, their mean, or their mean weighed by how often each is true.
enum class averaging : std::uint8_t { micro, macro, weighted };

/// The words for averages; a namespace of their own keeps them from shadowing others' names.
namespace averages {
/// A value of `average`: all classes counted together, their mean, or their mean weighed by how often each is true.
inline constexpr word<averaging::micro> micro{};
inline constexpr word<averaging::macro> macro{};
inline constexpr word<averaging::weighted> weighted{};
} // namespace averages
using namespace averages;

/// `f1_score(average = macro)`; without it, or with `average = none`, there is a score for each class.
struct average_t : word_option<average_t, "average", averaging> {
    using word_option::operator=;
    constexpr chosen<average_t, unset> operator=(reductions::none_t) const { return {}; }
};
inline constexpr average_t average{};

namespace detail {

/// Hits, false alarms, misses and positives of classes.
template <class Formula>
struct score_formula {
    static constexpr truth_kind truth = truth_kind::like_prediction;
    static constexpr double epsilon = 1e-7;

    static constexpr std::string_view misfit(auto, const tensor_shape& p) { return p.rank == 2 ? "" : "classes"; }
    static constexpr auto weighed(auto, auto, auto p) { return reduce_max(p, axis<-1>); }

    static constexpr auto totals(auto how, auto t, auto p, auto w) {
        using namespace literals;
        const auto positive = where(are_right(how, p), cast_like(is_positive(how, p), p), not_a_number);
        const auto sum = [&](auto counts) {
            if constexpr (is_micro(how))
                return reduce_sum(weigh(counts, w));
            else
                return reduce_sum(weigh(counts, w), axis<0>);
        };
        return boost::hana::make_tuple(sum(multiply_no_nan(positive, t)), sum(multiply_no_nan(positive, 1_c - t)),
                                       sum(multiply_no_nan(1_c - positive, t)));
    }

    static auto result(auto how, std::span<const double> totals) {
        const std::size_t classes = totals.size() / 3;
        std::vector<deferred_t<double, decltype(how)>> scores(classes);
        double mean = 0, by_support = 0, support = 0;
        for (std::size_t i = 0; i < classes; ++i) {
            const double hits = totals[i], alarms = totals[classes + i], misses = totals[2 * classes + i];
            scores[i] = score(Formula::square_of_beta(how), hits / (hits + alarms + epsilon), hits / (hits + misses + epsilon));
            mean += scores[i] / static_cast<double>(classes);
            by_support += scores[i] * (hits + misses);
            support += hits + misses;
        }
        if constexpr (!how.has(average))
            return scores;
        else
            return how.value(average) == averaging::weighted ? by_support / (support + epsilon) : mean;
    }

private:
    static constexpr bool is_micro(auto how) {
        if constexpr (how.has(average))
            return how.value(average) == averaging::micro;
        else
            return false;
    }
    /// Above the threshold; without one, the largest of its row, unless that is 0.
    static constexpr auto is_positive(auto how, auto p) {
        using namespace literals;
        if constexpr (how.has(threshold))
            return greater(p, cast_like(how[threshold], p));
        else
            return logical_and(greater_equal(p, reduce_max(p, axis<-1>, keepdims)), greater(abs(p), 1e-9_c));
    }
    /// Which predictions do not hang on a NaN.
    static constexpr auto are_right(auto how, auto p) {
        if constexpr (how.has(threshold))
            return is_score(p);
        else
            return repeated_like(are_scores(p, keepdims), p);
    }
    static double score(double square_of_beta, double precise, double recalled) {
        return (1 + square_of_beta) * precise * recalled / (square_of_beta * precise + recalled + epsilon);
    }
};

struct fbeta_score_formula : score_formula<fbeta_score_formula> {
    static constexpr char name[] = "fbeta_score";
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(average = none, beta = 1_c, threshold = unset{});
    }();
    static double square_of_beta(auto how) { return how.value(beta) * how.value(beta); }
};

struct f1_score_formula : score_formula<f1_score_formula> {
    static constexpr char name[] = "f1_score";
    static constexpr auto defaults = options(average = none, threshold = unset{});
    static double square_of_beta(auto) { return 1; }
};

} // namespace detail

/// (1 + beta^2) precision recall / (beta^2 precision + recall) of each class, a place along the last axis:
/// `fbeta_score(beta = 2_c, average = macro)`. A class is predicted where p > `threshold`; without a threshold, where p is
/// the largest of its row and not 0. Averages are `micro`, `macro` and `weighted` (Keras, `FBetaScore`).
inline constexpr metric_function<detail::fbeta_score_formula> fbeta_score{};
/// The same with beta = 1 (Keras, `F1Score`).
inline constexpr metric_function<detail::f1_score_formula> f1_score{};

} // namespace ctgrad

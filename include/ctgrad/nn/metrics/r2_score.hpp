// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/reduction_mode.hpp>
#include <ctgrad/nn/metrics/mean_formula.hpp>
#include <ctgrad/nn/metrics/word_option.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/subtract.hpp>

#include <limits>
#include <vector>

namespace ctgrad {

/// How the scores of columns become one: their mean, or their mean weighed by the variance of the truth.
enum class aggregation : std::uint8_t { uniform_average, variance_weighted_average };

/// The words for aggregations.
namespace aggregations {
/// A value of `class_aggregation`: the mean of columns, or their mean weighed by the variance of the truth.
inline constexpr word<aggregation::uniform_average> uniform_average{};
inline constexpr word<aggregation::variance_weighted_average> variance_weighted_average{};
} // namespace aggregations
using namespace aggregations;

/// `r2_score(class_aggregation = variance_weighted_average)`; with `none` there is a score for each column.
struct class_aggregation_t : word_option<class_aggregation_t, "class_aggregation", aggregation> {
    using word_option::operator=;
    constexpr chosen<class_aggregation_t, unset> operator=(reductions::none_t) const { return {}; }
};
inline constexpr class_aggregation_t class_aggregation{};

/// The number of independent regressors, of an adjusted score.
struct num_regressors_t : option<num_regressors_t, "num_regressors", interval::not_negative> {
    using option::operator=;
    static constexpr bool is_constant = true;
};
inline constexpr num_regressors_t num_regressors{};

namespace detail {

struct r2_score_formula {
    static constexpr char name[] = "r2_score";
    static constexpr truth_kind truth = truth_kind::like_prediction;
    static constexpr auto defaults = options(class_aggregation = uniform_average, num_regressors = literal<0>{});

    static constexpr std::string_view misfit(auto, const tensor_shape& p) { return p.rank == 2 ? "" : "columns"; }
    static constexpr auto weighed(auto, auto, auto p) { return p; }

    /// How many rows there are; of each column weights, a centre (the mean up to rounding), sums of what truths differ from it,
    /// of the squares of that, and of the squares of errors. Sums of truths and of their squares would lose what they differ by.
    static constexpr auto totals(auto, auto t, auto p, auto w) {
        const auto sum = [&](auto x) { return reduce_sum(weigh(x, w), axis<0>); };
        using namespace literals;
        const auto weights = sum(t * 0_c + 1_c);
        const auto centre = divide_no_nan(sum(t), weights);
        const auto apart = t - repeated_like(centre, t);
        return boost::hana::make_tuple(count_along<decltype(p), axis_t<0>>(p), weights, centre, sum(apart), sum(square(apart)),
                                       sum(square(t - p)));
    }

    /// Joins the totals of a call with those of earlier ones: means and squares of differences are combined, not added.
    /// Source: Chan, Golub, LeVeque, Updating Formulae and a Pairwise Algorithm for Computing Sample Variances (1979).
    static void merge(std::span<double> sums, std::span<const double> more) {
        const std::size_t columns = (sums.size() - 1) / 5;
        sums[0] += more[0];
        for (std::size_t i = 0; i < columns; ++i) {
            double* const to = sums.data() + 1 + i;
            const moments before(to, columns), now(more.data() + 1 + i, columns), all = before.joined(now);
            to[0] = all.weight;
            to[columns] = all.mean;
            to[2 * columns] = 0;
            to[3 * columns] = all.squares;
            to[4 * columns] += more[1 + i + 4 * columns];
        }
    }

    static auto result(auto how, std::span<const double> totals) {
        const std::size_t columns = (totals.size() - 1) / 5;
        std::vector<deferred_t<double, decltype(how)>> scores(columns);
        double mean = 0, by_variance = 0, variances = 0;
        for (std::size_t i = 0; i < columns; ++i) {
            const double* const at = totals.data() + 1 + i;
            const double variance = moments(at, columns).squares;
            const double score = 1 - at[4 * columns] / variance;
            constexpr double largest = std::numeric_limits<double>::max();
            scores[i] = score > largest || score < -largest ? 0 : score;
            mean += scores[i] / static_cast<double>(columns);
            by_variance += scores[i] * variance;
            variances += variance;
        }
        if constexpr (!how.has(class_aggregation)) {
            for (double& each : scores) each = adjusted(each, totals[0], how.value(num_regressors));
            return scores;
        } else
            return adjusted(how.value(class_aggregation) == aggregation::uniform_average ? mean : by_variance / variances, totals[0],
                            how.value(num_regressors));
    }

private:
    /// Weight, mean and sum of squares of differences from it.
    struct moments {
        double weight, mean, squares;

        moments(double w, double m, double s) : weight(w), mean(m), squares(s) {}
        moments(const double* at, std::size_t columns)
            : weight(at[0]), mean(at[columns] + divide_no_nan(at[2 * columns], at[0])),
              squares(at[3 * columns] - divide_no_nan(at[2 * columns] * at[2 * columns], at[0])) {}

        moments joined(const moments& other) const {
            if (weight == 0) return other;
            if (other.weight == 0) return *this;
            const double all = weight + other.weight, apart = other.mean - mean, part = other.weight / all;
            return {all, mean + apart * part, squares + other.squares + apart * apart * weight * part};
        }
    };

    /// Less for each regressor; as it is where there are not more numbers than that.
    static double adjusted(double score, double count, double regressors) {
        return regressors == 0 || regressors >= count - 1 ? score : 1 - (1 - score) * (count - 1) / (count - regressors - 1);
    }
};

} // namespace detail

/// The coefficient of determination, 1 - sum (t - p)^2 / sum (t - mean t)^2 of each column, from [N,C]:
/// `r2_score(num_regressors = 2_c)`. Source: Keras, `R2Score`.
inline constexpr metric_function<detail::r2_score_formula> r2_score{};

} // namespace ctgrad

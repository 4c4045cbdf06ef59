// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/sqrt.hpp>
#include <ctgrad/ops/square.hpp>

namespace ctgrad {

namespace detail {

constexpr auto centered_along(auto x, auto axes) { return x - reduce_mean(x, axes, keepdims); }

struct pearson_correlation_formula : loss_formula {
    static constexpr char name[] = "pearson_correlation";
    static constexpr auto defaults = loss_options();

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        const auto scaled = [how](auto x) {
            const auto centered = centered_along(x, how.axis());
            return centered / (sqrt(reduce_mean(square(centered), how.axis(), keepdims)) + 1e-7_c);
        };
        return reduce_mean(scaled(t) * scaled(p), how.axis());
    }
};

struct concordance_correlation_formula : loss_formula {
    static constexpr char name[] = "concordance_correlation";
    static constexpr auto defaults = loss_options();

    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        const auto variance = [how](auto x) { return reduce_mean(square(centered_along(x, how.axis())), how.axis()); };
        const auto apart = reduce_mean(t, how.axis()) - reduce_mean(p, how.axis());
        const auto together = reduce_mean(centered_along(t, how.axis()) * centered_along(p, how.axis()), how.axis());
        return 2_c * together / (variance(t) + variance(p) + square(apart) + 1e-7_c);
    }
};

} // namespace detail

/// The covariance of t and p along the last axis (`axis<...>`) by their standard deviations, to each of which 1e-7 is
/// added: a value for each example; as a metric, their mean. Source: Keras, `PearsonCorrelation`.
inline constexpr loss_function<detail::pearson_correlation_formula> pearson_correlation{};

/// 2 cov(t, p) / (var t + var p + (mean t - mean p)^2 + 1e-7) along the last axis (`axis<...>`): 1 only where both are
/// equal. Source: Keras, `ConcordanceCorrelation`.
inline constexpr loss_function<detail::concordance_correlation_formula> concordance_correlation{};

} // namespace ctgrad

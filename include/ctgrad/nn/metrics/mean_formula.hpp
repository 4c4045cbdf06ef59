// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/metrics/metric.hpp>
#include <ctgrad/ops/reduce_mean.hpp>

namespace ctgrad {

namespace detail {

/// a / b, or 0 where b is.
constexpr double divide_no_nan(double a, double b) { return b == 0 ? 0 : a / b; }

/// The mean of the values of each example: along all axes but the first.
template <operand Values>
constexpr auto mean_of_examples(Values values) {
    if constexpr (Values::rank < 2)
        return values;
    else
        return [&]<int... K>(std::integer_sequence<int, K...>) {
            return reduce_mean(values, axis<(K + 1)...>);
        }(std::make_integer_sequence<int, Values::rank - 1>{});
}

/// The sums of weighed values and of weights; without weights the second is the number of examples.
template <operand Values>
constexpr auto mean_totals(Values values, unweighted) {
    const auto examples = mean_of_examples(values);
    return boost::hana::make_tuple(reduce_sum(examples), count_along<decltype(examples), axis_t<>>(examples));
}
template <operand Values, operand W>
constexpr auto mean_totals(Values values, W w) {
    return boost::hana::make_tuple(reduce_sum(mean_of_examples(weigh(values, w))), reduce_sum(mean_of_examples(weights_like(w, values))));
}

} // namespace detail

/// The base of metrics that are means of values: sum w v / sum w, 0 if there is nothing.
/// @tparam Formula says `values(how, t, p)`.
template <class Formula>
struct mean_formula {
    static constexpr auto weighed(auto how, auto t, auto p) { return Formula::values(how, t, p); }

    static constexpr auto totals(auto how, auto t, auto p, auto w) { return detail::mean_totals(Formula::values(how, t, p), w); }

    static double result(auto, std::span<const double> totals) { return detail::divide_no_nan(totals[0], totals[1]); }
};

} // namespace ctgrad

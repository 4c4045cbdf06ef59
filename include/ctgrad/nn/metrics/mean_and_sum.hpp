// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/metrics/mean_formula.hpp>

namespace ctgrad {

/// A metric of values instead of truth and prediction: `totals(values)`, `totals(values, w)`.
/// **Fails when** the weights do not fit (`weights_must_have_axes_of_values`).
template <fixed_string Name, class Formula>
struct value_metric {
    static constexpr std::string_view name = Name.view();

    template <expression Values>
    static constexpr auto totals(Values values) {
        return Formula::totals(values, unweighted{});
    }
    template <expression Values, expression W>
    static constexpr auto totals(Values values, W w) {
        using check = detail::metric_weights_check<value_metric, W, Values>;
        if constexpr (!check::found.is_fine())
            return boost::hana::make_tuple(refuse<check>());
        else
            return Formula::totals(values, w);
    }
    static double result(std::span<const double> totals) { return Formula::result(totals); }
};

namespace detail {

struct mean_of_values {
    static constexpr auto totals(auto values, auto w) { return mean_totals(values, w); }
    static double result(std::span<const double> totals) { return divide_no_nan(totals[0], totals[1]); }
};
struct sum_of_values {
    static constexpr auto totals(auto values, auto w) { return boost::hana::make_tuple(reduce_sum(weigh(values, w))); }
    static double result(std::span<const double> totals) { return totals[0]; }
};

} // namespace detail

/// The mean of values over all batches, under a name of one's own (Keras, `Mean`): `mean_metric<"margin">`.
template <fixed_string Name = "mean">
inline constexpr value_metric<Name, detail::mean_of_values> mean_metric{};

/// The sum of values over all batches (Keras, `Sum`).
template <fixed_string Name = "sum">
inline constexpr value_metric<Name, detail::sum_of_values> sum_metric{};

} // namespace ctgrad

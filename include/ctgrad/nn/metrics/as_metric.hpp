// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/metrics/metric.hpp>

namespace ctgrad {

namespace detail {

template <class M>
concept is_metric = requires(std::span<const double> totals) {
    { M::name } -> std::convertible_to<std::string_view>;
    M::result(totals);
};

} // namespace detail

/// A metric object of what names one: of `accuracy`, of `accuracy()`.
template <class Formula>
constexpr auto as_metric(metric_function<Formula> make) {
    return make();
}
template <class Metric>
    requires detail::is_metric<Metric>
constexpr Metric as_metric(Metric made) {
    return made;
}

} // namespace ctgrad

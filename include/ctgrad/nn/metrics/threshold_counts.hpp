// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/metrics/confusion.hpp>
#include <ctgrad/nn/metrics/curve_area.hpp>

namespace ctgrad::detail {

/// The thresholds between 0 and 1 that a call asks for: its own, or as many as make `num_thresholds` with 0 and 1.
template <operand P>
constexpr auto inner_levels(auto how, P p) {
    if constexpr (how.has(thresholds))
        return vector_of(how[thresholds], p);
    else
        return inner_thresholds<static_cast<int>(how.value(num_thresholds))>(p);
}

/// Whether there are thresholds between 0 and 1 at all.
constexpr bool has_inner_levels(auto how) {
    if constexpr (how.has(thresholds))
        return true;
    else
        return how.value(num_thresholds) > 2;
}

/// The weights of all that is positive and all that is not, then for each threshold of what exceeds it and is positive,
/// or is not. `Kept` axes at the end are no examples.
template <int Kept>
constexpr auto counts_over_thresholds(auto how, auto t, auto p, auto w) {
    const auto yes = positives(t, w);
    const auto no = negatives(t, w);
    if constexpr (!has_inner_levels(how))
        return boost::hana::make_tuple(sum_of_examples<Kept>(yes), sum_of_examples<Kept>(no));
    else {
        const auto above = exceeds(p, inner_levels(how, p));
        return boost::hana::make_tuple(sum_of_examples<Kept>(yes), sum_of_examples<Kept>(no), sum_above<Kept + 1>(above, yes), sum_above<Kept + 1>(above, no));
    }
}

/// The counts of label number `label` of `labels` at each threshold. All exceed the first one, none the last.
inline std::vector<confusion_counts> counts_of_label(std::span<const double> totals, std::size_t label, std::size_t labels) {
    const std::size_t levels = (totals.size() / labels - 2) / 2;
    const double yes = totals[label], no = totals[labels + label];
    const auto above = totals.subspan(2 * labels);
    std::vector<confusion_counts> at{{yes, no, 0, 0}};
    for (std::size_t i = 0; i < levels; ++i) {
        const double hits = above[label * levels + i], alarms = above[(labels + label) * levels + i];
        at.push_back({hits, alarms, no - alarms, yes - hits});
    }
    at.push_back({0, 0, no, yes});
    return at;
}

} // namespace ctgrad::detail

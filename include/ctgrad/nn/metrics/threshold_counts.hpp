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
        const auto levels = inner_levels(how, p);
        const auto above = cast_like(greater(for_each_level(p, levels), levels), p);
        const auto found = [&](auto counts) { // those of which the score is NaN once, not for each threshold
            return sum_of_examples<Kept + 1>(above * for_each_level(contagious(is_score(p), counts), above));
        };
        return boost::hana::make_tuple(sum_of_examples<Kept>(yes), sum_of_examples<Kept>(no), found(yes), found(no));
    }
}

/// The counts of label number `label` of `labels` at each threshold. All exceed the first one, none the last.
class counts_of_label {
public:
    counts_of_label(std::span<const double> totals, std::size_t label, std::size_t labels)
        : levels_((totals.size() / labels - 2) / 2), yes_(totals[label]), no_(totals[labels + label]),
          hits_(totals.data() + 2 * labels + label * levels_), alarms_(hits_ + labels * levels_) {}

    std::size_t size() const { return levels_ + 2; }
    confusion_counts operator[](std::size_t i) const {
        if (i == 0) return {yes_, no_, 0, 0};
        if (i > levels_) return {0, 0, no_, yes_};
        return {hits_[i - 1], alarms_[i - 1], no_ - alarms_[i - 1], yes_ - hits_[i - 1]};
    }

private:
    std::size_t levels_;
    double yes_, no_;
    const double *hits_, *alarms_;
};

/// The area under the curve of counts at rising thresholds.
inline double area_under(curve_kind kind, summation method, const counts_of_label& at) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < at.size(); ++i) sum += area_between(kind, method, at[i], at[i + 1]);
    return sum;
}

} // namespace ctgrad::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/metrics/mean_formula.hpp>
#include <ctgrad/nn/metrics/word_option.hpp>
#include <ctgrad/simd.hpp>

#include <cstdint>

namespace ctgrad {

/// The axes of a curve over thresholds: false positive rate and recall, recall and precision, or the gains of these.
enum class curve_kind : std::uint8_t { roc, pr, pr_gain };
/// The height of a curve between two thresholds: the mean, the smaller or the larger one.
enum class summation : std::uint8_t { interpolation, minoring, majoring };

/// The words for curves and sums; a namespace of their own keeps them from shadowing others' names.
namespace curves {
/// A value of `curve`: recall over the false positive rate, precision over recall, or their gains.
inline constexpr word<curve_kind::roc> roc{};
inline constexpr word<curve_kind::pr> pr{};
inline constexpr word<curve_kind::pr_gain> pr_gain{};
/// A value of `summation_method`: the mean of two neighbouring heights, the smaller or the larger.
inline constexpr word<summation::interpolation> interpolation{};
inline constexpr word<summation::minoring> minoring{};
inline constexpr word<summation::majoring> majoring{};
} // namespace curves
using namespace curves;

/// Which curve the area lies under: `auc(curve = pr)`.
struct curve_t : word_option<curve_t, "curve", curve_kind> {
    using word_option::operator=;
};
inline constexpr curve_t curve{};

/// How the area between two thresholds is found: `auc(summation_method = minoring)`.
struct summation_method_t : word_option<summation_method_t, "summation_method", summation> {
    using word_option::operator=;
};
inline constexpr summation_method_t summation_method{};

namespace detail {

/// What is counted at a threshold.
struct confusion_counts {
    double true_positives, false_positives, true_negatives, false_negatives;

    double recall() const { return divide_no_nan(true_positives, true_positives + false_negatives); }
    double precision() const { return divide_no_nan(true_positives, true_positives + false_positives); }
    double specificity() const { return divide_no_nan(true_negatives, true_negatives + false_positives); }
    double false_positive_rate() const { return divide_no_nan(false_positives, false_positives + true_negatives); }

    /// 1 - (positives / negatives) (missed / true positives), and what Keras says where there are no true positives.
    double recall_gain() const { return true_positives == 0 ? 0 : simd::max(1 - odds() * false_negatives / true_positives, 0.0); }
    double precision_gain() const { return true_positives == 0 ? 1 : 1 - odds() * false_positives / true_positives; }

private:
    double odds() const { return divide_no_nan(true_positives + false_negatives, true_negatives + false_positives); }
};

/// The area under precision over recall between two thresholds, all counts varying linearly between them.
/// Source: Davis and Goadrich 2006, section 4, in the closed form of Keras.
inline double precision_area(const confusion_counts& low, const confusion_counts& high) {
    const double found_low = low.true_positives + low.false_positives, found_high = high.true_positives + high.false_positives;
    const double hits = low.true_positives - high.true_positives;
    const double slope = divide_no_nan(hits, simd::max(found_low - found_high, 0.0));
    const double intercept = high.true_positives - slope * found_high;
    const double ratio = found_low > 0 && found_high > 0 ? found_low / found_high : 1;
    return divide_no_nan(slope * (hits + intercept * simd::log(ratio)), simd::max(high.true_positives + high.false_negatives, 0.0));
}

inline double height_between(summation method, double a, double b) {
    if (method == summation::minoring) return simd::min(a, b);
    return method == summation::majoring ? simd::max(a, b) : (a + b) / 2;
}

inline double area_between(curve_kind kind, summation method, const confusion_counts& low, const confusion_counts& high) {
    switch (kind) {
    case curve_kind::roc:
        return (low.false_positive_rate() - high.false_positive_rate()) * height_between(method, low.recall(), high.recall());
    case curve_kind::pr_gain:
        return (low.recall_gain() - high.recall_gain()) * height_between(method, low.precision_gain(), high.precision_gain());
    case curve_kind::pr: break;
    }
    if (method == summation::interpolation) return precision_area(low, high);
    return (low.recall() - high.recall()) * height_between(method, low.precision(), high.precision());
}

} // namespace detail
} // namespace ctgrad

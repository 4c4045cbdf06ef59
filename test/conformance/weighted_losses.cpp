// SPDX-License-Identifier: BSL-1.0
#include "weighted_losses.hpp"

#include <ctgrad/ctgrad.hpp>

#include <algorithm>

namespace ct = ctgrad;

namespace conformance {

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto valid_values = ct::placeholder<"valid", double, N>;
constexpr auto all_values = ct::placeholder<"values", double, N>;
constexpr auto all_weights = ct::placeholder<"weights", double, N>;

/// A loss whose values are the prediction itself; all count, or those that the truth says.
struct given_values_formula : ct::loss_formula {
    static constexpr std::string_view name = "given_values";
    static constexpr auto defaults = ct::options(ct::reduction = ct::sum_over_batch_size);
    static constexpr auto of(auto, auto, auto p) { return p; }
};
struct masked_values_formula : given_values_formula {
    static constexpr auto mask(auto, auto t, auto) { return t != ct::literal<0>{}; }
};

template <bool Weighted, class Formula, class Mode>
weighted_loss reduced(Formula, Mode mode, const std::vector<double>& values, const std::vector<double>& weights,
                      const std::vector<double>& valid) {
    constexpr auto loss = ct::loss_function<Formula>{}(ct::reduction = mode);
    constexpr auto total = [&] {
        if constexpr (Weighted)
            return loss(valid_values, all_values, ct::sample_weight = all_weights);
        else
            return loss(valid_values, all_values);
    }();
    constexpr auto slope = ct::gradient(ct::reduce_sum(total), all_values)[all_values];
    weighted_loss out{std::vector<double>(total.rank == 0 ? 1 : values.size()), std::vector<double>(values.size())};
    const auto fill = [&](auto e, std::vector<double>& to) {
        const auto numbers = ct::evaluate(e, valid_values = valid, all_values = values, all_weights = weights.empty() ? valid : weights);
        std::copy(numbers.begin(), numbers.end(), to.begin());
    };
    fill(total, out.value);
    fill(slope, out.slope);
    return out;
}

template <class Mode>
weighted_loss reduced(Mode mode, const std::vector<double>& values, const std::vector<double>& weights, const std::vector<double>& valid) {
    const bool all = std::find(valid.begin(), valid.end(), 0) == valid.end();
    if (weights.empty())
        return all ? reduced<false>(given_values_formula{}, mode, values, weights, valid)
                   : reduced<false>(masked_values_formula{}, mode, values, weights, valid);
    return all ? reduced<true>(given_values_formula{}, mode, values, weights, valid)
               : reduced<true>(masked_values_formula{}, mode, values, weights, valid);
}

} // namespace

weighted_loss reduced(const std::string& reduction, const std::vector<double>& values, const std::vector<double>& weights,
                      const std::vector<double>& valid) {
    if (reduction == "none") return reduced(ct::none, values, weights, valid);
    if (reduction == "sum") return reduced(ct::sum, values, weights, valid);
    if (reduction == "mean" || reduction == "sum_over_batch_size") return reduced(ct::sum_over_batch_size, values, weights, valid);
    if (reduction == "mean_with_sample_weight") return reduced(ct::mean_with_sample_weight, values, weights, valid);
    throw skipped("no reduction " + reduction);
}

} // namespace conformance

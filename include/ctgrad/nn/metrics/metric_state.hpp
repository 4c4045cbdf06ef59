// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>
#include <ctgrad/graph/descriptor.hpp>

#include <span>
#include <tuple>
#include <type_traits>
#include <vector>

namespace ctgrad {

/// The totals of a metric added up over batches: `state.add(f(x = images, y = labels)); double hits = state.result();`
/// @tparam Metric `decltype(accuracy())`.
template <class Metric>
class metric_state {
public:
    /// Adds the outputs of a call that computes `Metric::totals`: numbers and tensors, one by one or as a tuple.
    /// Throws `ctgrad::error` when there are more or fewer elements than in earlier calls.
    template <class... Output>
    void add(const std::tuple<Output...>& outputs) {
        std::apply([this](const auto&... each) { this->add(each...); }, outputs);
    }
    template <class... Output>
    void add(const Output&... outputs) {
        const std::size_t count = (std::size_t{0} + ... + count_of(outputs));
        if (totals_.empty()) totals_.resize(count);
        if (totals_.size() != count) fail("the totals of a metric must be as many in each call");
        if constexpr (requires { Metric::merge(std::span<double>(totals_), std::span<const double>(totals_)); }) {
            numbers more(count);
            double* at = more.data();
            (..., (at = add_to(at, outputs)));
            Metric::merge(std::span<double>(totals_), std::span<const double>(more));
        } else {
            double* at = totals_.data();
            (..., (at = add_to(at, outputs)));
        }
    }

    /// The metric of all that was added: a number, or several; of nothing, 0 or none.
    auto result() const {
        using value = decltype(Metric::result(totals_));
        return totals_.empty() ? value{} : Metric::result(totals_);
    }
    const std::vector<double>& totals() const { return totals_; }
    void reset() { totals_.clear(); }

private:
    /// `std::vector<double>`, which the compiler looks at where a state is used.
    using numbers = std::vector<deferred_t<double, Metric>>;

    template <class Output>
    static std::size_t count_of(const Output& output) {
        if constexpr (std::is_arithmetic_v<Output>)
            return 1;
        else
            return static_cast<std::size_t>(output.size());
    }
    template <class Output>
    static double* add_to(double* at, const Output& output) {
        if constexpr (std::is_arithmetic_v<Output>)
            *at++ += static_cast<double>(output);
        else
            for (const auto& each : output) *at++ += static_cast<double>(each);
        return at;
    }

    numbers totals_;
};

} // namespace ctgrad

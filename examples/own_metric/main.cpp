// SPDX-License-Identifier: BSL-1.0
// Metrics computed with a loss in one pass, added up over batches, and metrics of one's own.
#include <ctgrad/ctgrad.hpp>

#include <boost/hana/unpack.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <tuple>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto y = ct::placeholder<"y", float, N, 2>;
constexpr auto p = ct::placeholder<"p", float, N, 2>;

// Any callable (truth, prediction) -> one value an example; the metric is their mean.
constexpr auto worst = ct::metric_named<"worst">([](auto t, auto q) { return ct::reduce_max(ct::abs(t - q), ct::axis<-1>); });

// What is no mean: totals that are added up, and a result of the totals.
struct largest_hit_rate_formula {
    static constexpr std::string_view name = "largest_hit_rate";
    static constexpr auto defaults = ct::options(ct::threshold = 0.5_c);
    static constexpr ct::truth_kind truth = ct::truth_kind::like_prediction;

    static constexpr auto weighed(auto, auto, auto q) { return q; }
    static constexpr auto totals(auto how, auto t, auto q, auto w) {
        const auto hits = ct::cast<float>(ct::greater(q, how[ct::threshold])) * t;
        return boost::hana::make_tuple(ct::reduce_sum(ct::weigh(hits, w), ct::axis<0>), ct::reduce_sum(ct::weigh(t, w), ct::axis<0>));
    }
    static double result(auto, std::span<const double> sums) {
        double largest = 0;
        for (std::size_t c = 0; c < sums.size() / 2; ++c) largest = std::max(largest, sums[c] / sums[sums.size() / 2 + c]);
        return largest;
    }
};
constexpr ct::metric_function<largest_hit_rate_formula> largest_hit_rate{};

/// Feeds two batches and prints what a metric makes of both.
template <class Metric>
void print_result(Metric metric) {
    const auto f = boost::hana::unpack(metric.totals(y, p),
                                       [](auto... totals) { return ct::function{ct::reduce_mean(ct::square(p - y)), totals...}; });
    ct::metric_state<Metric> state;
    const auto add = [&state, &f](const auto& truth, const auto& prediction) {
        std::apply([&state](auto, const auto&... totals) { state.add(totals...); }, f(y = truth, p = prediction));
    };
    add(std::array{1.0f, 0.0f, 0.0f, 1.0f}, std::array{0.9f, 0.2f, 0.3f, 0.6f});
    add(std::array{1.0f, 0.0f}, std::array{0.4f, 0.6f});
    std::printf("%-20s %.4f\n", std::string(Metric::name).c_str(), state.result());
}

int main() {
    print_result(ct::accuracy());
    print_result(ct::auc(ct::num_thresholds = 20_c));
    print_result(ct::as_metric(ct::mean_absolute_error));
    print_result(worst);
    print_result(largest_hit_rate());
    print_result(largest_hit_rate(ct::threshold = 0.7_c));
}

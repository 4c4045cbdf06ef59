// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/model/running_totals.hpp>

#include "line.hpp"

#include <ctgrad/nn/metrics/mean_and_sum.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>

using namespace line;

namespace {

/// How many predictions are within 0.1 of the truth: more than a running float counts to.
struct hits {
    static constexpr std::string_view name = "hits";
    static constexpr auto totals(auto truth, auto prediction) {
        return boost::hana::make_tuple(ct::reduce_sum(ct::cast<float>(ct::abs(truth - prediction) < 0.1_c)));
    }
    static double result(std::span<const double> totals) { return totals[0]; }
};

constexpr std::size_t many = 17'000'002;

} // namespace

BOOST_AUTO_TEST_SUITE(long_totals)

BOOST_AUTO_TEST_CASE(evaluation_of_many_examples_keeps_digits_and_counts) {
    auto net = ct::compile(model{}, ct::sgd(0.1_c), squared_error{}, ct::metrics(hits{}), ct::fed_by(x, y)); // predicts 0
    const std::vector<float> X(2 * many, 0.0f), Y(many, 0.07f);
    const double wanted = double(0.07f) * double(0.07f);
    for (const std::int64_t batch : {std::int64_t{many}, std::int64_t{100'000}}) {
        const auto found = net.evaluate(X, Y, {.batch_size = batch});
        BOOST_TEST(found["hits"] == double(many));
        BOOST_TEST(std::abs(found["loss"] / wanted - 1) < 1e-6);
    }
}

BOOST_AUTO_TEST_CASE(states_of_metrics_keep_digits) {
    constexpr auto v = ct::placeholder<"v", float, N>;
    constexpr auto totals = ct::mean_metric<>.totals(v);
    ct::function f{totals[boost::hana::size_c<0>], totals[boost::hana::size_c<1>]};
    const std::vector<float> values(many, 0.1f);
    ct::metric_state<std::remove_const_t<decltype(ct::mean_metric<>)>> whole, parts;
    whole.add(f(v = values));
    for (std::size_t first = 0; first < many; first += 1'000'000)
        parts.add(f(v = std::span(values).subspan(first, std::min(many - first, std::size_t{1'000'000}))));
    BOOST_TEST(std::abs(whole.result() / double(0.1f) - 1) < 1e-6);
    BOOST_TEST(std::abs(parts.result() / double(0.1f) - 1) < 1e-6);
}

BOOST_AUTO_TEST_SUITE_END()

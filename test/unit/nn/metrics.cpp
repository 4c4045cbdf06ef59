// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/nn/metrics.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/hana/unpack.hpp>
#include <boost/test/unit_test.hpp>

#include <array>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto t = ct::placeholder<"t", float, N, 3>;
constexpr auto p = ct::placeholder<"p", float, N, 3>;
constexpr auto w = ct::placeholder<"w", float, N>;
constexpr auto classes = ct::placeholder<"classes", std::int32_t, N>;
constexpr auto column = ct::placeholder<"column", std::int32_t, N, 1>;
constexpr auto predicted = ct::placeholder<"predicted", std::int32_t, N>;
constexpr auto yes = ct::placeholder<"yes", float, N, 1>;
constexpr auto sure = ct::placeholder<"sure", float, N, 1>;

constexpr std::array<float, 6> rows{0, 0, 1, 0, 1, 0}, scores{0.1F, 0.9F, 0.8F, 0.05F, 0.95F, 0};

template <class... E>
constexpr auto function_of(boost::hana::tuple<E...> totals) {
    return boost::hana::unpack(totals, [](auto... each) { return ct::function{each...}; });
}
/// The metric of one call.
template <class Metric, class Totals, class... Fed>
auto once(Metric, Totals totals, Fed&&... fed) {
    ct::metric_state<Metric> state;
    state.add(function_of(totals)(fed...));
    return state.result();
}

} // namespace

BOOST_AUTO_TEST_SUITE(metrics)

BOOST_AUTO_TEST_CASE(accuracy_takes_the_form_that_shapes_ask_for) {
    constexpr auto m = ct::accuracy();
    BOOST_TEST(once(m, m.totals(t, p), t = rows, p = scores) == 0.5);
    BOOST_TEST(once(m, m.totals(classes, p), classes = std::array{1, 1}, p = scores) == 1);
    BOOST_TEST(once(m, m.totals(column, p), column = std::array{0, 1}, p = scores) == 0.5);
    BOOST_TEST(once(m, m.totals(yes, sure), yes = std::array{1.0F, 1.0F, 0.0F, 0.0F}, sure = std::array{0.98F, 1.0F, 0.0F, 0.6F}) == 0.75);
    BOOST_TEST(once(m, m.totals(classes, predicted), classes = std::array{1, 2, 3, 4}, predicted = std::array{0, 2, 3, 4}) == 0.75);
}

BOOST_AUTO_TEST_CASE(weights_count_examples_and_batches_add_up) {
    constexpr auto m = ct::as_metric(ct::categorical_accuracy);
    const auto f = function_of(m.totals(t, p, w));
    ct::metric_state<std::remove_const_t<decltype(m)>> state;
    BOOST_TEST(state.result() == 0);
    state.add(f(t = rows, p = scores, w = std::array{0.7F, 0.3F}));
    BOOST_TEST(state.result() == 0.3, boost::test_tools::tolerance(1e-7));
    state.add(f(t = rows, p = scores, w = std::array{0.0F, 1.0F}));
    BOOST_TEST(state.result() == 0.65, boost::test_tools::tolerance(1e-7));
    state.reset();
    BOOST_TEST(state.result() == 0);
}

BOOST_AUTO_TEST_CASE(a_threshold_may_be_given_in_the_call) {
    constexpr auto limit = ct::scalar<"limit", double>;
    constexpr auto m = ct::binary_accuracy(ct::threshold = limit);
    BOOST_TEST(once(m, m.totals(yes, sure), yes = std::array{1.0F, 0.0F}, sure = std::array{0.4F, 0.3F}, limit = 0.35) == 1);
    BOOST_TEST(m.name == "binary_accuracy");
}

BOOST_AUTO_TEST_CASE(the_class_is_among_the_largest_scores) {
    constexpr std::array<float, 6> few{0.1F, 0.9F, 0.8F, 0.05F, 0.95F, 0.2F};
    constexpr auto one = ct::top_k_categorical_accuracy(1_c);
    constexpr auto two = ct::sparse_top_k_categorical_accuracy(ct::top_k = 2_c);
    constexpr auto sorted = ct::sparse_top_k_categorical_accuracy(2_c, ct::from_sorted_ids);
    BOOST_TEST(once(one, one.totals(t, p), t = rows, p = few) == 0.5);
    BOOST_TEST(once(two, two.totals(classes, p), classes = std::array{2, 0}, p = few) == 0.5);
    BOOST_TEST(once(two, two.totals(classes, p), classes = std::array{-1, 3}, p = few) == 0);
    BOOST_TEST(once(sorted, sorted.totals(classes, p), classes = std::array{1, 2}, p = std::array{0.0F, 1.0F, 2.0F, 0.0F, 1.0F, 2.0F}) == 0.5);
}

BOOST_AUTO_TEST_CASE(means_and_sums_of_values) {
    constexpr auto mean = ct::mean_metric<"margin">;
    constexpr auto sum = ct::sum_metric<>;
    BOOST_TEST(once(mean, mean.totals(p), p = rows) == 1.0 / 3, boost::test_tools::tolerance(1e-6));
    BOOST_TEST(once(mean, mean.totals(p, w), p = rows, w = std::array{3.0F, 0.0F}) == 1.0 / 3, boost::test_tools::tolerance(1e-6));
    BOOST_TEST(once(sum, sum.totals(p, w), p = rows, w = std::array{3.0F, 4.0F}) == 7);
    BOOST_TEST(mean.name == "margin");
}

BOOST_AUTO_TEST_SUITE_END()

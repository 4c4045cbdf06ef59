// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/nn/metrics.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/hana/unpack.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto t = ct::placeholder<"t", double, 3, 2>;
constexpr auto p = ct::placeholder<"p", double, 3, 2>;
constexpr auto w = ct::placeholder<"w", double, 3>;
constexpr auto labels = ct::placeholder<"labels", std::int32_t, 3>;

const double nan = NAN;
const std::vector<double> truth{1, 0, 0, 1, 1, 0}, scores{nan, 0.2, 0.3, nan, 0.8, 0.1}, only_last{0, 0, 1};

std::vector<double> as_list(double x) { return {x}; }
std::vector<double> as_list(std::vector<double> x) { return x; }

/// Of all examples, two of which have a NaN where the truth is 1.
template <class Metric>
std::vector<double> of_all(Metric m) {
    return boost::hana::unpack(m.totals(t, p), [&](auto... sums) {
        ct::metric_state<Metric> state;
        state.add(ct::evaluate(sums, t = truth, p = scores)...);
        return as_list(state.result());
    });
}
/// Of the last example, the others having weight 0.
template <class Metric>
std::vector<double> of_last(Metric m) {
    return boost::hana::unpack(m.totals(t, p, w), [&](auto... sums) {
        ct::metric_state<Metric> state;
        state.add(ct::evaluate(sums, t = truth, p = scores, w = only_last)...);
        return as_list(state.result());
    });
}

const auto near = boost::test_tools::tolerance(1e-6);

template <class Metric>
void check_miss(Metric m, double all) {
    BOOST_TEST(of_all(m)[0] == all, near);
    BOOST_TEST(of_last(m)[0] == 1, near);
}
template <class Metric>
void check_contagious(Metric m, double last) {
    BOOST_TEST(std::isnan(of_all(m)[0]));
    BOOST_TEST(of_last(m)[0] == last, near);
}

} // namespace

BOOST_AUTO_TEST_SUITE(metrics_of_nan)

BOOST_AUTO_TEST_CASE(a_nan_is_no_hit) {
    check_miss(ct::categorical_accuracy(), 1.0 / 3);
    check_miss(ct::binary_accuracy(), 4.0 / 6);
    check_miss(ct::top_k_categorical_accuracy(1_c), 1.0 / 3);
    check_miss(ct::top_k_categorical_accuracy(2_c), 1.0 / 3);
}

BOOST_AUTO_TEST_CASE(thresholds_say_nothing_about_a_nan) {
    check_contagious(ct::precision_at_recall(0.5_c), 1);
    check_contagious(ct::recall(), 1);
    check_contagious(ct::precision(), 1);
    check_contagious(ct::true_positives(), 1);
    BOOST_TEST(of_all(ct::true_negatives())[0] == 3); // no NaN among examples of that label
    BOOST_TEST(of_all(ct::false_positives())[0] == 0);
}

BOOST_AUTO_TEST_CASE(areas_scores_and_intersections_are_contagious) {
    check_contagious(ct::auc(ct::num_thresholds = 5_c), 1);
    check_contagious(ct::f1_score(), 1);
    check_contagious(ct::mean_iou(2_c), 1);
    check_contagious(ct::binary_iou(), 1);
}

BOOST_AUTO_TEST_CASE(weights_of_0_leave_out_losses_that_are_nan) {
    check_contagious(ct::as_metric(ct::mean_squared_error), 0.025);
    check_contagious(ct::root_mean_squared_error(), std::sqrt(0.025));
}

BOOST_AUTO_TEST_CASE(weights_of_ignored_examples_do_not_count) {
    constexpr auto loss = ct::as_metric(ct::sparse_categorical_crossentropy(ct::ignore_class = 1_c));
    const std::vector<double> even{0.5, 0.5, 0.5, 0.5, 0.25, 0.75}, weights{1, 5, 3};
    const std::vector<std::int32_t> classes{0, 1, 0};
    const auto result = [&](auto sums, const auto& evaluated) {
        return boost::hana::unpack(sums, [&](auto... each) {
            ct::metric_state<std::remove_const_t<decltype(loss)>> state;
            state.add(evaluated(each)...);
            return state.result();
        });
    };
    const double first = std::log(2.0), last = std::log(4.0);
    BOOST_TEST(result(loss.totals(labels, p), [&](auto e) { return ct::evaluate(e, labels = classes, p = even); }) == (first + last) / 3,
               near); // as Keras
    BOOST_TEST(result(loss.totals(labels, p, w), [&](auto e) { return ct::evaluate(e, labels = classes, p = even, w = weights); }) ==
                   (first + 3 * last) / 4,
               near);
}

BOOST_AUTO_TEST_CASE(r2_score_of_large_numbers_is_that_of_small_ones) {
    constexpr auto m = ct::r2_score();
    using metric = std::remove_const_t<decltype(m)>;
    constexpr auto one = ct::placeholder<"one", float, 4, 1>;
    constexpr auto guess = ct::placeholder<"guess", float, 4, 1>;
    const auto score = [&](float centre) {
        ct::metric_state<metric> state;
        for (const float batch : {0.0F, 1.0F, -2.0F})
            boost::hana::unpack(m.totals(one, guess), [&](auto... sums) {
                const ct::function f{sums...};
                const std::vector<float> a{centre + batch, centre + batch + 1, centre - 1, centre + 2},
                    b{centre + batch, centre + batch + 0.5F, centre, centre + 1};
                state.add(f(one = ct::view(a.data(), 4, 1), guess = ct::view(b.data(), 4, 1)));
            });
        return state.result();
    };
    const double small = score(0);
    BOOST_TEST(small > 0.6);
    for (const float centre : {1e3F, -1e5F, 4e6F}) BOOST_TEST(score(centre) == small, near);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/nn/metrics.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/hana/unpack.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <vector>

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

/// The metric of one batch, by the reference interpreter.
template <class Metric, class... E, class... Fed>
auto once(Metric, boost::hana::tuple<E...>, Fed&&... fed) {
    ct::metric_state<Metric> state;
    state.add(ct::evaluate(E{}, fed...)...);
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
    const auto f = boost::hana::unpack(m.totals(t, p, w), [](auto... each) { return ct::function{each...}; });
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
    BOOST_TEST(once(sorted, sorted.totals(classes, p), classes = std::array{1, 2}, p = std::array{0.0F, 1.0F, 2.0F, 0.0F, 1.0F, 2.0F}) ==
               0.5);
}

BOOST_AUTO_TEST_CASE(means_and_sums_of_values) {
    constexpr auto mean = ct::mean_metric<"margin">;
    constexpr auto sum = ct::sum_metric<>;
    BOOST_TEST(once(mean, mean.totals(p), p = rows) == 1.0 / 3, boost::test_tools::tolerance(1e-6));
    BOOST_TEST(once(mean, mean.totals(p, w), p = rows, w = std::array{3.0F, 0.0F}) == 1.0 / 3, boost::test_tools::tolerance(1e-6));
    BOOST_TEST(once(sum, sum.totals(p, w), p = rows, w = std::array{3.0F, 4.0F}) == 7);
    BOOST_TEST(mean.name == "margin");
}

BOOST_AUTO_TEST_CASE(hits_and_misses_are_counted_for_each_threshold) {
    constexpr std::array<float, 6> truth{0, 1, 1, 1, 0, 0}, sures{0.9F, 0.2F, 0.8F, 0.1F, 0.7F, 0.6F};
    constexpr auto all = ct::thresholds(0.15_c, 0.65_c, 0.85_c);
    const auto counted = [&](auto m) { return once(m, m.totals(t, p), t = truth, p = sures); };
    BOOST_TEST(counted(ct::true_positives(all)) == (std::vector{2.0, 1.0, 0.0}), boost::test_tools::per_element());
    BOOST_TEST(counted(ct::false_positives(all)) == (std::vector{3.0, 2.0, 1.0}), boost::test_tools::per_element());
    BOOST_TEST(counted(ct::true_negatives(all)) == (std::vector{0.0, 1.0, 2.0}), boost::test_tools::per_element());
    BOOST_TEST(counted(ct::false_negatives(ct::thresholds = 0.65_c)) == 2);
    BOOST_TEST(counted(ct::precision()) == 0.25);
    BOOST_TEST(counted(ct::recall(ct::class_id = 2_c)) == 1);
    BOOST_TEST(counted(ct::precision(ct::top_k = 2_c)) == 0.25);
}

BOOST_AUTO_TEST_CASE(areas_under_curves) {
    constexpr std::array<float, 4> truth{0, 0, 1, 1}, sures{0, 0.5F, 0.3F, 0.9F};
    const auto area = [&](auto m) { return once(m, m.totals(yes, sure), yes = truth, sure = sures); };
    BOOST_TEST(area(ct::auc(3_c)) == 0.75);
    BOOST_TEST(area(ct::auc(ct::thresholds(0.5_c), ct::summation_method = ct::majoring)) == 1);
    BOOST_TEST(area(ct::sensitivity_at_specificity(1_c)) == 0.5);
    BOOST_TEST(area(ct::recall_at_precision(0.6_c)) == 1);
    constexpr auto of_labels = ct::auc(5_c, ct::multi_label, ct::label_weights(0.5_c, 0.25_c, 0.25_c));
    BOOST_TEST(once(of_labels, of_labels.totals(t, p), t = std::array{0.0F, 1.0F, 0.0F, 1.0F, 0.0F, 1.0F}, p = scores) == 0.375);
    constexpr auto alike = ct::auc(ct::multi_label, ct::thresholds = 0.5_c, ct::curve = ct::pr_gain, ct::summation_method = ct::minoring);
    BOOST_TEST(once(alike, alike.totals(t, p), t = std::array{0.0F, 1.0F, 0.0F, 1.0F, 0.0F, 1.0F}, p = scores) == 0);
    BOOST_TEST(area(ct::auc(3_c, ct::curve = ct::pr)) > 0.7);
}

BOOST_AUTO_TEST_CASE(scores_of_classes) {
    constexpr std::array<float, 9> truth{0, 0, 1, 0, 1, 0, 1, 0, 0}, sures{0.4F, 0.5F, 0.6F, 0.1F, 0.2F, 0.3F, 0.5F, 0.8F, 0.2F};
    const auto score = [&](auto m) { return once(m, m.totals(t, p), t = truth, p = sures); };
    const auto near = boost::test_tools::tolerance(1e-6);
    BOOST_TEST(score(ct::f1_score(ct::average = ct::macro)) == 2.0 / 9, near);
    BOOST_TEST(score(ct::fbeta_score(ct::average = ct::micro, ct::beta = 2_c)) == 1.0 / 3, near);
    BOOST_TEST(score(ct::f1_score(ct::threshold = 0.3_c)).size() == 3);
    BOOST_TEST(score(ct::mean_iou(3_c)) == 1.0 / 6, near);
    BOOST_TEST(score(ct::iou(3_c, ct::target_class_ids(0_c, 2_c))) == 0.25, near);
    BOOST_TEST(score(ct::r2_score(ct::class_aggregation = ct::none)).size() == 3);
}

BOOST_AUTO_TEST_CASE(class_numbers_have_intersections) {
    constexpr auto m = ct::iou(2_c, ct::target_class_ids(0_c, 1_c), ct::ignore_class = 255_c);
    BOOST_TEST(once(m, m.totals(classes, predicted), classes = std::array{0, 0, 1, 1, 255}, predicted = std::array{0, 1, 0, 1, 1}) ==
                   1.0 / 3,
               boost::test_tools::tolerance(1e-6));
    constexpr auto of_two = ct::binary_iou();
    BOOST_TEST(once(of_two, of_two.totals(yes, sure), yes = std::array{0.0F, 1.0F, 0.0F, 1.0F},
                    sure = std::array{0.1F, 0.2F, 0.4F, 0.7F}) == 7.0 / 12,
               boost::test_tools::tolerance(1e-6));
}

BOOST_AUTO_TEST_CASE(losses_are_metrics_too) {
    const auto near = boost::test_tools::tolerance(1e-5);
    constexpr auto m = ct::as_metric(ct::mean_absolute_error);
    BOOST_TEST(once(m, m.totals(t, p, w), t = rows, p = scores, w = std::array{0.0F, 2.0F}) == 0.1 / 3, near);
    BOOST_TEST(m.name == "mean_absolute_error");
    constexpr auto same = ct::as_metric(ct::cosine_similarity(ct::axis<1>));
    BOOST_TEST(once(same, same.totals(t, p), t = rows, p = rows) == 1, near);
    constexpr auto own = ct::as_metric([](auto y, auto q) { return ct::reduce_max(ct::abs(y - q), ct::axis<-1>); });
    BOOST_TEST(once(own, own.totals(t, p), t = rows, p = scores) == 0.475, near);
    constexpr auto worst = ct::metric_named<"worst">([](auto y, auto q) { return ct::reduce_max(ct::abs(y - q), ct::axis<-1>); });
    BOOST_TEST(worst.name == "worst");
    BOOST_TEST(once(worst, worst.totals(t, p), t = rows, p = scores) == 0.475, near);
    constexpr auto entropy = ct::crossentropy();
    BOOST_TEST(once(entropy, entropy.totals(classes, p), classes = std::array{2, 1}, p = scores) ==
                   once(entropy, entropy.totals(t, p), t = rows, p = scores),
               near);
    constexpr auto root = ct::root_mean_squared_error();
    BOOST_TEST(once(root, root.totals(yes, sure), yes = std::array{2.0F, 4.0F, 6.0F}, sure = std::array{1.0F, 3.0F, 2.0F}) ==
                   std::sqrt(6.0),
               near);
}

BOOST_AUTO_TEST_SUITE_END()

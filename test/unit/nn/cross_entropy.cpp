// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/nn.hpp>

#include <ctgrad/expr.hpp>
#include <ctgrad/graph.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/runtime.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto z = ct::placeholder<"z", double, N, 3>;
constexpr auto y = ct::placeholder<"y", double, N, 3>;
constexpr auto k = ct::placeholder<"k", std::int32_t, N>;
constexpr double infinity = std::numeric_limits<double>::infinity();

constexpr auto dense = ct::softmax_cross_entropy_with_logits(ct::labels = y, ct::logits = z);
constexpr auto sparse = ct::sparse_softmax_cross_entropy_with_logits(ct::labels = k, ct::logits = z);
constexpr auto binary = ct::sigmoid_cross_entropy_with_logits(ct::labels = y, ct::logits = z);

using row = std::array<double, 3>;

template <class E, class... Bindings>
std::vector<double> values(E e, const Bindings&... bindings) {
    const auto found = ct::evaluate(e, bindings...);
    return {found.begin(), found.end()};
}

template <class E, class Leaf>
constexpr auto slope(E e, Leaf leaf) {
    return ct::gradient(ct::reduce_sum(e), leaf)[leaf];
}

void check(const std::vector<double>& found, const std::vector<double>& expected) {
    BOOST_TEST(found == expected, boost::test_tools::tolerance(1e-14) << boost::test_tools::per_element());
}

} // namespace

BOOST_AUTO_TEST_SUITE(nn)

BOOST_AUTO_TEST_CASE(a_cross_entropy_is_one_number_a_row) {
    static_assert(dense.shape() == ct::shape(N));
    static_assert(sparse.shape() == ct::shape(N));
    static_assert(binary.shape() == ct::shape(N, 3));
    static_assert(ct::softmax(z).shape() == ct::shape(N, 3));
}

BOOST_AUTO_TEST_CASE(named_arguments_come_in_any_order) {
    static_assert(std::is_same_v<decltype(dense), decltype(ct::softmax_cross_entropy_with_logits(ct::logits = z, ct::labels = y)) const>);
    static_assert(std::is_same_v<decltype(dense), decltype(ct::softmax_cross_entropy_with_logits(y, z)) const>);
    static_assert(std::is_same_v<decltype(dense), decltype(ct::softmax_cross_entropy_with_logits(y, ct::logits = z)) const>);
    static_assert(std::is_same_v<decltype(dense), decltype(ct::softmax_cross_entropy_with_logits(ct::labels = y, z)) const>);
}

BOOST_AUTO_TEST_CASE(softmax_sums_to_1) {
    const double e = std::exp(1.0), sum = 1 + e + e * e;
    check(values(ct::softmax(z), z = row{0, 1, 2}), {1 / sum, e / sum, e * e / sum});
    check(values(ct::softmax(z, ct::axis<0>), z = std::array{0.0, 1.0, 2.0, 0.0, 1.0, 2.0}), {0.5, 0.5, 0.5, 0.5, 0.5, 0.5});
}

BOOST_AUTO_TEST_CASE(softmax_of_large_logits_is_finite) {
    check(values(ct::softmax(z), z = row{1e4, -1e4, 1e4}), {0.5, 0, 0.5});
    check(values(ct::log_softmax(z), z = row{1e4, -1e4, 1e4}), {-std::log(2.0), -2e4 - std::log(2.0), -std::log(2.0)});
    check(values(ct::softmax(z), z = row{-infinity, 0, 0}), {0, 0.5, 0.5});
    BOOST_TEST(values(ct::log_softmax(z), z = row{-infinity, 0, 0})[0] == -infinity);
    BOOST_TEST(values(ct::log_softmax(z), z = row{-infinity, 0, 0})[1] == -std::log(2.0));
}

BOOST_AUTO_TEST_CASE(the_dense_form_is_minus_label_times_log_softmax) {
    const double lse = std::log(1 + std::exp(1.0) + std::exp(2.0));
    check(values(dense, y = row{0, 0.25, 0.75}, z = row{0, 1, 2}), {lse - 1.75});
    check(values(dense, y = row{0, 0, 1}, z = row{1e4, -1e4, -1e4}), {2e4});
}

BOOST_AUTO_TEST_CASE(a_class_without_label_may_have_a_logit_of_minus_infinity) {
    check(values(dense, y = row{0, 1, 0}, z = row{-infinity, 0, 0}), {std::log(2.0)});
    check(values(slope(dense, z), y = row{0, 1, 0}, z = row{-infinity, 0, 0}), {0, -0.5, 0.5});
    check(values(sparse, k = std::array{1}, z = row{-infinity, 0, 0}), {std::log(2.0)});
    check(values(binary, y = row{0, 0, 0}, z = row{-infinity, -1e4, 1e4}), {0, 0, 1e4});
}

BOOST_AUTO_TEST_CASE(the_gradient_to_the_logits_is_softmax_less_labels) {
    const row scores{0, 1, 2}, truth{0.5, 0, 0.5}, twice{1, 0, 1};
    const std::vector<double> p = values(ct::softmax(z), z = scores);
    check(values(slope(dense, z), y = truth, z = scores), {p[0] - 0.5, p[1], p[2] - 0.5});
    check(values(slope(dense, z), y = twice, z = scores), {2 * p[0] - 1, 2 * p[1], 2 * p[2] - 1});
    check(values(slope(sparse, z), k = std::array{2}, z = scores), {p[0], p[1], p[2] - 1});
}

BOOST_AUTO_TEST_CASE(the_gradient_to_the_labels_is_minus_log_softmax) {
    const row scores{0, 1, 2};
    std::vector<double> expected = values(ct::log_softmax(z), z = scores);
    for (double& v : expected) v = -v;
    check(values(slope(dense, y), y = row{0, 0, 1}, z = scores), expected);
    check(values(slope(binary, y), y = row{0, 0, 1}, z = scores), {0, -1, -2});
}

BOOST_AUTO_TEST_CASE(the_sparse_form_is_the_dense_one_of_one_hot) {
    const std::array scores{0.0, 1.0, 2.0, 0.5, -0.5, 0.25};
    check(values(sparse, k = std::array{2, 0}, z = scores), values(dense, y = std::array{0.0, 0.0, 1.0, 1.0, 0.0, 0.0}, z = scores));
}

BOOST_AUTO_TEST_CASE(a_label_outside_gives_nan_there) {
    const std::vector<double> found = values(sparse, k = std::array{3, -1, 1}, z = std::array<double, 9>{});
    BOOST_TEST(std::isnan(found[0]));
    BOOST_TEST(std::isnan(found[1]));
    BOOST_TEST(found[2] == std::log(3.0), boost::test_tools::tolerance(1e-15));
}

BOOST_AUTO_TEST_CASE(the_number_of_classes_may_be_a_named_dimension) {
    constexpr auto C = ct::dim<"C">;
    constexpr auto wide = ct::placeholder<"wide", float, N, C>;
    constexpr auto loss = ct::sparse_softmax_cross_entropy_with_logits(k, wide);
    static_assert(loss.shape() == ct::shape(N));
    const std::vector<double> found = values(loss, k = std::array{1, 4}, wide = std::array<float, 8>{});
    BOOST_TEST(found[0] == std::log(4.0), boost::test_tools::tolerance(1e-7));
    BOOST_TEST(std::isnan(found[1]));
}

BOOST_AUTO_TEST_CASE(the_binary_form_is_stable) {
    check(values(binary, y = row{1, 1, 0}, z = row{1e4, -1e4, 1e4}), {0, 1e4, 1e4});
    check(values(slope(binary, z), y = row{1, 0, 0}, z = row{1e4, -1e4, 0}), {0, 0, 0.5});
}

BOOST_AUTO_TEST_CASE(cross_entropies_take_nodes) {
    ct::builder graph;
    ct::list<ct::ref> roots;
    const ct::ref scores = graph.import(z.root()), truth = graph.import(y.root()), classes = graph.import(k.root());
    roots.push_back(ct::softmax_cross_entropy_with_logits(ct::labels = truth, ct::logits = scores));
    roots.push_back(ct::sparse_softmax_cross_entropy_with_logits(classes, scores));
    roots.push_back(ct::sigmoid_cross_entropy_with_logits(truth, scores));
    const ct::draft_graph made = ct::extract(graph, roots);
    BOOST_TEST(ct::verify(made.view()));
    BOOST_TEST(made.view().root(0).hash == dense.root().hash);
    BOOST_TEST(made.view().root(2).hash == binary.root().hash);
}

BOOST_AUTO_TEST_CASE(the_gradient_of_the_mean_is_a_short_program) {
    constexpr auto mean = ct::gradient(ct::reduce_mean(dense), z)[z];
    static_assert(ct::verify(mean.graph()));
    // Labels of 0 hide what is behind them: where they add up to 0, scores may be NaN.
    BOOST_TEST(ct::to_string(mean) == "%0 = placeholder y float64[N,3]\n"
                                      "%1 = constant -1 float64[]\n"
                                      "%2 = size N float64[]\n"
                                      "%3 = divide(%1, %2) float64[]\n"
                                      "%4 = view[-1,-1](%3) float64[N,3]\n"
                                      "%5 = multiply(%0, %4) float64[N,3]\n"
                                      "%6 = placeholder z float64[N,3]\n"
                                      "%7 = reduce_max[2](%6) float64[N]\n"
                                      "%8 = stop_gradient(%7) float64[N]\n"
                                      "%9 = view[0,-1](%8) float64[N,3]\n"
                                      "%10 = subtract(%6, %9) float64[N,3]\n"
                                      "%11 = exp(%10) float64[N,3]\n"
                                      "%12 = constant 1 float64[N]\n"
                                      "%13 = reduce_sum[2](%11) float64[N]\n"
                                      "%14 = divide(%12, %13) float64[N]\n"
                                      "%15 = reduce_sum[2](%5) float64[N]\n"
                                      "%16 = multiply_no_nan(%14, %15) float64[N]\n"
                                      "%17 = view[0,-1](%16) float64[N,3]\n"
                                      "%18 = multiply_no_nan(%11, %17) float64[N,3]\n"
                                      "%19 = subtract(%5, %18) float64[N,3]\n"
                                      "return %19\n");
}

BOOST_AUTO_TEST_CASE(the_binary_form_has_its_digits_at_any_logit) {
    constexpr auto label = ct::placeholder<"label", float, 8>;
    constexpr auto score = ct::placeholder<"score", float, 8>;
    constexpr auto losses = ct::sigmoid_cross_entropy_with_logits(label, score);
    constexpr auto slopes = ct::gradient(ct::reduce_sum(losses), score)[score];
    const std::array<float, 8> labels{1, 0, 1, 0, 1, 0, 1, 0.25F}, scores{10, -10, 50, 1e4F, INFINITY, -INFINITY, 0, 0};
    const ct::function f{losses, slopes};
    std::array<float, 8> value{}, slope{};
    f(label = labels, score = scores, losses = value, slopes = slope);
    for (std::size_t i = 0; i < 4; ++i) {
        const double z = labels[i] > 0 ? -scores[i] : scores[i];
        BOOST_TEST(value[i] == std::fmax(z, 0) + std::log1p(std::exp(-std::fabs(z))), boost::test_tools::tolerance(1e-6));
        BOOST_TEST(slope[i] == (labels[i] > 0 ? -1 : 1) / (1 + std::exp(-z)), boost::test_tools::tolerance(1e-6));
    }
    BOOST_TEST(value[4] == 0);
    BOOST_TEST(value[5] == 0);
    BOOST_TEST(slope[6] == -0.5);
    BOOST_TEST(slope[7] == 0.25);
}

BOOST_AUTO_TEST_SUITE_END()

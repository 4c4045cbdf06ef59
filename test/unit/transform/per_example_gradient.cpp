// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/per_example_gradient.hpp>

#include <ctgrad/expr.hpp>
#include <ctgrad/nn.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N, 3>;
constexpr auto y = ct::placeholder<"y", double, N, 2>;
constexpr auto k = ct::placeholder<"k", std::int32_t, N>;
constexpr auto W = ct::variable<"W", double, 3, 2>;
constexpr auto U = ct::variable<"U", double, 2, 2>;
constexpr auto b = ct::variable<"b", double, 2>;
constexpr auto s = ct::variable<"s", double>;

constexpr std::size_t rows = 4;
constexpr std::array<double, rows * 3> inputs{1, -2, 0.5, 0, 1, 2, -1, 0.25, 1.5, 2, 2, -1};
constexpr std::array<double, rows * 2> targets{1, 0, 0, 1, 1, 0, 0, 1};
constexpr std::array<int, rows> classes{0, 1, 1, 0};
constexpr std::array<double, 6> of_W{0.1, -0.2, 0.3, 0.4, -0.5, 0.6};
constexpr std::array<double, 4> of_U{0.7, -0.1, 0.2, 0.9};
constexpr std::array<double, 2> of_b{0.05, -0.3};

/// The numbers of `e` on rows from `first` to `last`.
template <class E>
std::vector<double> on_rows(E e, std::size_t first, std::size_t last) {
    const std::vector<double> some_inputs(inputs.begin() + static_cast<std::ptrdiff_t>(first * 3),
                                          inputs.begin() + static_cast<std::ptrdiff_t>(last * 3));
    const std::vector<double> some_targets(targets.begin() + static_cast<std::ptrdiff_t>(first * 2),
                                           targets.begin() + static_cast<std::ptrdiff_t>(last * 2));
    const std::vector<int> some_classes(classes.begin() + static_cast<std::ptrdiff_t>(first),
                                        classes.begin() + static_cast<std::ptrdiff_t>(last));
    const auto found = ct::evaluate(e, x = some_inputs, y = some_targets, k = some_classes, W = of_W, U = of_U, b = of_b, s = 0.8);
    return {found.begin(), found.end()};
}

/// Compares with the gradient of the loss of each example alone.
template <class L, class V>
void check(L losses, V leaf) {
    constexpr auto all = ct::per_example_gradient(losses, leaf)[leaf];
    constexpr auto alone = ct::gradient(ct::reduce_sum(losses), leaf)[leaf];
    static_assert(all.rank == leaf.rank + 1);
    const std::vector<double> together = on_rows(all, 0, rows);
    std::vector<double> one_by_one;
    for (std::size_t i = 0; i < rows; ++i)
        for (double each : on_rows(alone, i, i + 1)) one_by_one.push_back(each);
    BOOST_REQUIRE_EQUAL(together.size(), one_by_one.size());
    for (std::size_t i = 0; i < together.size(); ++i) BOOST_TEST(std::abs(together[i] - one_by_one[i]) < 1e-14);
}

constexpr auto hidden = ct::relu(ct::matmul(x, W) + b);
constexpr auto output = ct::matmul(hidden, U) * s;

} // namespace

BOOST_AUTO_TEST_SUITE(transform_per_example_gradient)

BOOST_AUTO_TEST_CASE(each_example_has_its_own_gradient) {
    constexpr auto losses = ct::mean_squared_error(y, output);
    check(losses, W);
    check(losses, U);
    check(losses, b);
    check(losses, s);
}

BOOST_AUTO_TEST_CASE(cross_entropies_and_kinks) {
    check(ct::sparse_categorical_crossentropy(k, output, ct::from_logits), W);
    check(ct::categorical_crossentropy(y, ct::softmax(output)), U);
    check(ct::huber(y, output, 0.5_c), b);
    check(ct::categorical_hinge(y, output), W);
}

BOOST_AUTO_TEST_CASE(what_all_examples_share_counts_in_each) {
    constexpr auto penalty = ct::reduce_sum(ct::square(W)) + ct::reduce_max(ct::matmul(ct::transpose(W), W));
    check(ct::mean_squared_error(y, output) + penalty, W);
    check(ct::reduce_sum(ct::matmul(ct::tanh(x), ct::softmax(W, ct::axis<0>)), ct::axis<1>) * s, W);
    check(ct::reduce_sum(ct::square(ct::matmul(ct::reshape(W, ct::dims<2, 3>), ct::transpose(x))), ct::axis<0>), W);
    check(ct::reduce_sum(ct::reshape(ct::matmul(x, W), ct::dims<N, 2, 1>), ct::axis<1, 2>), W);
    check(ct::reduce_mean(ct::where(ct::matmul(x, W) > 0_c, ct::exp(b), ct::sin(b) * s), ct::axis<1>), b);
}

BOOST_AUTO_TEST_CASE(parts_of_variables) {
    constexpr auto top = ct::slice(W, ct::begin<0, 0>, ct::size<2, 2>);
    constexpr auto rest = ct::slice(W, ct::begin<2, 0>, ct::size<1, 2>);
    check(ct::mean_squared_error(y, ct::matmul(x, ct::concat(ct::axis<0>, rest, ct::exp(top)))), W);
    check(ct::reduce_sum(ct::concat(ct::axis<1>, ct::matmul(x, W), x * s), ct::axis<1>), s);
    check(ct::reduce_sum(ct::matmul(y, ct::gather(ct::square(W), ct::argmax(W, ct::axis<0>))), ct::axis<1>), W);
}

BOOST_AUTO_TEST_CASE(a_leaf_with_examples_keeps_its_shape) {
    constexpr auto of_x = ct::per_example_gradient(ct::mean_squared_error(y, output), x)[x];
    static_assert(of_x.shape() == ct::shape(N, 3));
    static_assert(std::is_same_v<decltype(of_x), const decltype(ct::gradient(ct::reduce_sum(ct::mean_squared_error(y, output)), x)[x])>);
}

BOOST_AUTO_TEST_CASE(the_forward_pass_is_that_of_the_loss) {
    constexpr auto losses = ct::mean_squared_error(y, ct::matmul(x, W));
    const std::string text = ct::to_string(ct::per_example_gradient(losses, W)[W]);
    BOOST_TEST(text.find("matmul(%0, %2) float64[N,2]") != text.npos);
    BOOST_TEST(text.find("reduce_sum") == text.npos);
}

BOOST_AUTO_TEST_CASE(questions_are_answered) {
    constexpr auto can = [](auto losses) { return ct::can_differentiate_examples<decltype(losses), std::remove_const_t<decltype(W)>>(); };
    static_assert(can(ct::mean_squared_error(y, output)));
    static_assert(!can(ct::reduce_mean(ct::mean_squared_error(y, output))));
    static_assert(!can(ct::mean_squared_error(y, output) - ct::reduce_mean(ct::mean_squared_error(y, output))));
    static_assert(can(ct::mean_squared_error(y, output) * ct::reduce_mean(x)));
    static_assert(!can(ct::reduce_sum(ct::matmul(hidden, ct::transpose(hidden)), ct::axis<1>)));
    static_assert(!can(ct::mean_squared_error(y, hidden) * ct::reduce_sum(ct::matmul(ct::transpose(hidden), x))));
    static_assert(!can(ct::gather(ct::reduce_sum(W, ct::axis<1>), k))); // row k of the copy of each example
}

BOOST_AUTO_TEST_SUITE_END()

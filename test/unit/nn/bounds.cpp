// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/nn/constraints.hpp>
#include <ctgrad/nn/regularizers.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto W = ct::variable<"W", double, 2, 3>;
constexpr std::array<double, 6> weights{1, -2, 0.5, 0, 3, -1.5};

template <class E, class... B>
double value(E e, B... bindings) {
    ct::function f{e};
    return f(W = weights, bindings...);
}
template <class E, class... B>
std::vector<double> values(E e, B... bindings) {
    ct::function f{e};
    const auto found = f(W = weights, bindings...);
    return {found.begin(), found.end()};
}
bool close(const std::vector<double>& a, const std::vector<double>& b) {
    bool all = a.size() == b.size();
    for (std::size_t i = 0; all && i < a.size(); ++i) all = std::abs(a[i] - b[i]) < 1e-6;
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(nn)
BOOST_AUTO_TEST_SUITE(bounds)

BOOST_AUTO_TEST_CASE(regularizers_have_the_numbers_of_keras) {
    BOOST_TEST(std::abs(value(ct::l1(0.1_c)(W)) - 0.8) < 1e-12);
    BOOST_TEST(std::abs(value(ct::l2()(W)) - 0.165) < 1e-12);
    BOOST_TEST(value(ct::l1_l2()(W) + ct::reduce_sum(W)) == 1);
    BOOST_TEST(std::abs(value(ct::l1_l2(ct::l1 = 0.1_c, ct::l2 = 0.2_c)(W)) - 4.1) < 1e-12);
    BOOST_TEST(std::abs(value(ct::orthogonal_regularizer(0.01_c)(W)) - 0.0087831006565368) < 1e-12);
    constexpr auto how_much = ct::scalar<"how_much", double>;
    BOOST_TEST(std::abs(value(ct::l2(how_much)(W), how_much = 0.01) - 0.165) < 1e-12);
    BOOST_TEST(std::abs(value(ct::orthogonal_regularizer(1_c, ct::by_columns)(W)) -
                        (2 / std::sqrt(13.0) + 1 / std::sqrt(10.0) + 5.5 / std::sqrt(32.5)) / 3) < 1e-9);
}

BOOST_AUTO_TEST_CASE(constraints_have_the_numbers_of_keras) {
    BOOST_TEST(close(values(ct::max_norm()(W)), {1, -1.1094003, 0.5, 0, 1.6641005, -1.5}));
    BOOST_TEST(close(values(ct::unit_norm(ct::axis<1>)(W)),
                     {1 / std::sqrt(5.25), -2 / std::sqrt(5.25), 0.5 / std::sqrt(5.25), 0, 3 / std::sqrt(11.25), -1.5 / std::sqrt(11.25)}));
    BOOST_TEST(close(values(ct::non_neg()(W)), {1, 0, 0.5, 0, 3, 0}));
    BOOST_TEST(close(values(ct::min_max_norm(2_c, 3_c, 0.5_c)(W)),
                     {1.5, -2 * (3 + std::sqrt(13.0)) / 2 / std::sqrt(13.0), 0.5 * (2 + std::sqrt(2.5)) / 2 / std::sqrt(2.5), 0,
                      3 * (3 + std::sqrt(13.0)) / 2 / std::sqrt(13.0), -1.5 * (2 + std::sqrt(2.5)) / 2 / std::sqrt(2.5)}));
}

BOOST_AUTO_TEST_CASE(constraints_hold_after_the_step) {
    constexpr auto loss = ct::reduce_sum(W);
    constexpr auto most = ct::scalar<"most", double>;
    ct::trainer train{ct::minimize(loss, ct::sgd(1_c, ct::ema_momentum = 0.5_c), ct::constrain(W, ct::non_neg())), W = weights};
    train();
    BOOST_TEST(close({train[W].begin(), train[W].end()}, {0, 0, 0, 0, 2, 0}));
    BOOST_TEST(train[ct::average_of(W)][1] == -3); // of what the optimizer gave
    ct::trainer fed{ct::apply_gradients(ct::sgd(0_c), ct::gradient(loss, W), ct::constrain(W, ct::max_norm(most))), W = weights};
    fed(most = 2.0);
    BOOST_TEST(close({fed[W].begin(), fed[W].end()}, {1, -1.1094003, 0.5, 0, 1.6641005, -1.5}));
}

BOOST_AUTO_TEST_CASE(layers_have_regularizers_and_constraints) {
    constexpr auto x = ct::placeholder<"x", double, 1, 2>;
    constexpr auto kernel = ct::variable<"dense/kernel", double, 2, 2>;
    constexpr auto model = ct::sequential(
        ct::dense<2>(ct::kernel_regularizer = ct::l2(0.5_c), ct::kernel_constraint = ct::non_neg(), ct::kernel_initializer = ct::ones()),
        ct::dense<1>(ct::bias_regularizer = ct::l1(), ct::kernel_initializer = ct::ones()));
    constexpr auto loss = ct::regularized(ct::reduce_sum(model(x)), model, x);
    ct::trainer train{ct::minimize(loss, ct::sgd(1_c), model.updates(x)), model.initial_values(x, 1)};
    const std::array<double, 2> data{1, 3};
    BOOST_TEST(double(train(x = data)) == 8 + 0.5 * 4);
    BOOST_TEST((train[kernel][0] == 0 && train[kernel][3] == 0)); // 1 - x - 1, cut
    static_assert(ct::regularization_of(ct::dense<2>(), x).value == 0);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

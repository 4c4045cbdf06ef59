// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/train/groups.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto a = ct::variable<"a", double>;
constexpr auto b = ct::variable<"b", double>;
constexpr auto c = ct::variable<"c", double>;
constexpr auto x = ct::scalar<"x", double>;
constexpr auto loss = a * x + 2_c * b * x + 3_c * c * x;

bool close(std::span<const double> got, double wanted) { return std::abs(got[0] - wanted) < 1e-9; }

} // namespace

BOOST_AUTO_TEST_SUITE(train)
BOOST_AUTO_TEST_SUITE(groups)

BOOST_AUTO_TEST_CASE(each_group_has_its_optimizer) {
    ct::trainer train{
        ct::minimize(loss, ct::groups(ct::group(ct::sgd(0.1_c), a), ct::group(ct::lion(1_c), b), ct::gradient_descent(0.01_c)))};
    BOOST_TEST(double(train(x = 1.0)) == 0);
    BOOST_TEST((close(train[a], -0.1) && close(train[b], -1) && close(train[c], -0.03)));
}

BOOST_AUTO_TEST_CASE(variables_of_no_group_stay) {
    constexpr auto step = ct::minimize(loss, ct::group(ct::adam(1_c), a));
    ct::trainer train{step};
    train(x = 1.0);
    BOOST_TEST((std::abs(train[a][0] + 1) < 1e-5 && train[c][0] == 0));
}

BOOST_AUTO_TEST_CASE(models_are_groups) {
    constexpr auto data = ct::placeholder<"data", float, 1, 2>;
    constexpr auto one = ct::sequential(ct::dense<1>(ct::use_bias<false>), ct::name<"one">);
    constexpr auto two = ct::sequential(ct::dense<1>(ct::use_bias<false>), ct::name<"two">);
    constexpr auto both = ct::reduce_sum(one(data) + two(data));
    ct::trainer train{ct::minimize(
        both, ct::groups(ct::group(ct::sgd(0.5_c), ct::variables_of(one(data))), ct::group(ct::sgd(1_c), ct::variables_of(two(data)))))};
    const std::array<float, 2> values{2, 4};
    train(data = values);
    BOOST_TEST(
        (train[ct::variable<"one/dense/kernel", float, 2, 1>][0] == -1 && train[ct::variable<"two/dense/kernel", float, 2, 1>][1] == -4));
}

BOOST_AUTO_TEST_CASE(groups_take_gradients_too) {
    ct::trainer train{ct::apply_gradients(ct::groups(ct::group(ct::sgd(0.1_c, ct::loss_scale_factor = 8_c), a), ct::sgd(1_c)),
                                          ct::gradient(loss, a, b), loss)};
    train(x = 1.0);
    BOOST_TEST((close(train[a], -0.1) && close(train[b], -2)));
}

BOOST_AUTO_TEST_CASE(losses_and_models_step_together) {
    constexpr auto first = ct::minimize(ct::square(a - b), ct::group(ct::adam(0.1_c), a));
    constexpr auto second = ct::minimize(ct::square(b - 3_c), ct::group(ct::adam(0.2_c), b), ct::assign(c, a));
    ct::trainer train{ct::together(first, second)};
    train.set(a = ct::fill(1));
    const auto [one, two] = train();
    BOOST_TEST((one == 1 && two == 9));
    BOOST_TEST(
        (std::abs(train[a][0] - 0.9) < 1e-6 && std::abs(train[b][0] - 0.2) < 1e-6 && train[c][0] == 1 && train[ct::iterations][0] == 1));
}

BOOST_AUTO_TEST_CASE(a_loss_scale_adapts) {
    constexpr auto optimizer = ct::loss_scale_optimizer(ct::adam(0.1_c), ct::initial_scale = 8_c, ct::dynamic_growth_steps = 2_c);
    ct::trainer train{ct::minimize(loss, optimizer)};
    constexpr auto scale = decltype(optimizer)::scale;
    ct::trainer plain{ct::minimize(loss, ct::adam(0.1_c))};
    for (double each : {1.0, 0.5}) {
        BOOST_TEST(double(train(x = each)) == double(plain(x = each)));
        BOOST_TEST((train[a][0] == plain[a][0] && train[c][0] == plain[c][0]));
    }
    BOOST_TEST(train[scale][0] == 16);
    const double before = train[b][0];
    train(x = std::numeric_limits<double>::infinity());
    BOOST_TEST((train[b][0] == before && train[scale][0] == 8 && train[ct::iterations][0] == 2));
    train(x = std::numeric_limits<double>::quiet_NaN());
    BOOST_TEST((train[b][0] == before && train[scale][0] == 4));
    BOOST_TEST(double(train(x = 2.0)) == double(plain(x = 2.0)));
    BOOST_TEST(train[b][0] == plain[b][0]);
}

BOOST_AUTO_TEST_CASE(questions) {
    static_assert(ct::can_group<decltype(ct::adam()), decltype(a)> && !ct::can_group<decltype(ct::adam()), decltype(x)> &&
                  !ct::can_group<int, decltype(a)>);
    using twice = decltype(ct::groups(ct::group(ct::sgd(), a), ct::group(ct::sgd(), a)));
    static_assert(!ct::can_minimize<decltype(loss), twice> && ct::can_minimize<decltype(loss), decltype(ct::sgd())>);
    static_assert(ct::can_join<decltype(ct::minimize(loss, ct::sgd()))> && !ct::can_join<decltype(ct::sgd())>);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

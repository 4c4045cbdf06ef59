// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/nn/activations.hpp>

#include "../simd/exact.hpp"
#include "digits.hpp"

#include <array>

namespace ct = ctgrad;
using ct::test::check_digits_in_both;
using ct::test::value_and_slope;

namespace {

long double sigmoid(long double x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); }

/// f(-inf), f(inf) and whether f(NaN) is NaN.
template <class F>
void check_limits(F, double low, double high) {
    constexpr auto x = ct::placeholder<"x", float, 3>;
    constexpr auto y = F{}(x);
    std::array<float, 3> values{};
    const ct::function f{y};
    f(x = std::array<float, 3>{-INFINITY, INFINITY, NAN}, y = values);
    BOOST_TEST(values[0] == low);
    BOOST_TEST(values[1] == high);
    BOOST_TEST(std::isnan(values[2]));
}

} // namespace

BOOST_AUTO_TEST_SUITE(digits_of_activations)

BOOST_AUTO_TEST_CASE(gelu_keeps_its_digits_far_below_0) {
    const auto f = [](auto x) { return ct::gelu(x); };
    check_digits_in_both(
        f,
        [](long double x) {
            const long double below = ct::test::exact_ndtr(x), root = ct::test::exact_gaussian(x / 2);
            return value_and_slope{x * below, below + x * root * root * 0.398942280401432677939946L};
        },
        8, 5, 0.2); // the slope is a sum of two terms with a zero at -0.75; what they lose is relative to them
    check_limits(f, 0, INFINITY);
}

BOOST_AUTO_TEST_CASE(silu_keeps_its_digits) {
    const auto f = [](auto x) { return ct::silu(x); };
    check_digits_in_both(f, [](long double x) { return value_and_slope{x * sigmoid(x), sigmoid(x) * (1 + x * sigmoid(-x))}; }, 4, 10, 0.2);
    check_limits(f, 0, INFINITY);
}

BOOST_AUTO_TEST_CASE(softsign_has_a_slope_without_a_difference) {
    const auto f = [](auto x) { return ct::softsign(x); };
    const auto exact = [](long double x) { return value_and_slope{x / (1 + std::fabs(x)), 1 / ((1 + std::fabs(x)) * (1 + std::fabs(x)))}; };
    check_digits_in_both(f, exact, 3, 5);
    check_limits(f, -1, 1);
}

BOOST_AUTO_TEST_CASE(squareplus_keeps_its_digits_below_0_and_does_not_overflow) {
    const auto f = [](auto x) { return ct::squareplus(x); };
    check_digits_in_both(
        f,
        [](long double x) {
            const long double root = std::sqrt(x * x + 4), value = x < 0 ? 2 / (root - x) : (x + root) / 2;
            return value_and_slope{value, value / root};
        },
        5, 8);
    check_limits(f, 0, INFINITY);
}

BOOST_AUTO_TEST_CASE(tanh_shrink_is_a_third_of_the_cube_near_0) {
    const auto f = [](auto x) { return ct::tanh_shrink(x); };
    check_digits_in_both(
        f, [](long double x) { return value_and_slope{ct::test::exact_tanh_shrink(x), std::tanh(x) * std::tanh(x)}; }, 6, 5);
    check_limits(f, -INFINITY, INFINITY);
}

BOOST_AUTO_TEST_CASE(functions_that_vanish_do_so_at_minus_infinity) {
    check_limits([](auto x) { return ct::mish(x); }, 0, INFINITY);
    check_limits([](auto x) { return ct::hard_silu(x); }, 0, INFINITY);
    check_limits([](auto x) { return ct::gelu(x, ct::approximate); }, 0, INFINITY);
    check_limits([](auto x) { return ct::elu(x); }, -1, INFINITY);
    check_limits([](auto x) { return ct::log_sigmoid(x); }, -INFINITY, 0);
}

BOOST_AUTO_TEST_SUITE_END()

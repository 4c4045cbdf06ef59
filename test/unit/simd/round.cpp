// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/round.hpp>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::check_accuracy;

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(round)

BOOST_AUTO_TEST_CASE(round_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::round(x); };
    const auto exact = [](long double x) { return std::nearbyint(x); };
    check_accuracy<float>(0, function, exact);
    check_accuracy<double>(0, function, exact);
}

BOOST_AUTO_TEST_CASE(floor_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::floor(x); };
    const auto exact = [](long double x) { return std::floor(x); };
    check_accuracy<float>(0, function, exact);
    check_accuracy<double>(0, function, exact);
}

BOOST_AUTO_TEST_CASE(ceil_and_trunc_are_exact) {
    const auto ceil = [](auto x) { return lanes::ceil(x); };
    const auto trunc = [](auto x) { return lanes::trunc(x); };
    check_accuracy<float>(0, ceil, [](long double x) { return std::ceil(x); });
    check_accuracy<double>(0, trunc, [](long double x) { return std::trunc(x); });
}

BOOST_AUTO_TEST_CASE(rounding_by_addition_is_the_same) {
    const auto round = [](auto x) { return lanes::detail::round_by_addition(x); };
    const auto floor = [](auto x) { return lanes::detail::floor_by_addition(x); };
    check_accuracy<float>(0, round, [](long double x) { return std::nearbyint(x); });
    check_accuracy<double>(0, round, [](long double x) { return std::nearbyint(x); });
    check_accuracy<float>(0, floor, [](long double x) { return std::floor(x); });
    check_accuracy<double>(0, floor, [](long double x) { return std::floor(x); });
}

BOOST_AUTO_TEST_CASE(round_and_floor_are_constant_expressions) {
    static_assert(lanes::round(2.5) == 2.0 && lanes::round(3.5F) == 4.0F && lanes::round(-0.6) == -1.0);
    static_assert(lanes::floor(-0.5) == -1.0 && lanes::floor(2.5F) == 2.0F && lanes::floor(1e300) == 1e300);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

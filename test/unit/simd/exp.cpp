// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/exp.hpp>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::check_accuracy;

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(exp)

BOOST_AUTO_TEST_CASE(exp_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::exp(x); };
    const auto exact = [](long double x) { return std::exp(x); };
    check_accuracy<float>(1, function, exact);
    check_accuracy<double>(1, function, exact);
}

BOOST_AUTO_TEST_CASE(expm1_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::expm1(x); };
    const auto exact = [](long double x) { return std::expm1(x); };
    check_accuracy<float>(1.7, function, exact);
    check_accuracy<double>(1.7, function, exact);
}

BOOST_AUTO_TEST_CASE(exp_is_a_constant_expression) {
    static_assert(lanes::exp(0.0) == 1.0 && lanes::exp(1.0F) == 2.7182818F);
    static_assert(lanes::exp(1000.0) > 1e308 && lanes::exp(-1000.0) == 0.0);
    static_assert(lanes::exp(-745.0) == 0x1p-1074);
    static_assert(lanes::expm1(1e-300) == 1e-300 && lanes::expm1(-1000.0) == -1.0);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

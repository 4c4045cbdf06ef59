// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/log.hpp>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::check_accuracy;

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(log)

BOOST_AUTO_TEST_CASE(log_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::log(x); };
    const auto exact = [](long double x) { return std::log(x); };
    check_accuracy<float>(1, function, exact);
    check_accuracy<double>(1, function, exact);
}

BOOST_AUTO_TEST_CASE(log1p_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::log1p(x); };
    const auto exact = [](long double x) { return std::log1p(x); };
    check_accuracy<float>(1, function, exact);
    check_accuracy<double>(1, function, exact);
}

BOOST_AUTO_TEST_CASE(log_is_a_constant_expression) {
    static_assert(lanes::log(1.0) == 0.0 && lanes::log(2.0) == 0.69314718055994531);
    static_assert(lanes::log(0.0) < -1e308 && lanes::log(-1.0F) != lanes::log(-1.0F));
    static_assert(lanes::log(0x1p-1074) == -744.44007192138127);
    static_assert(lanes::log1p(1e-300) == 1e-300 && lanes::log1p(1.0F) == 0.693147181F);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

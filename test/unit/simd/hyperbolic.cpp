// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/hyperbolic.hpp>
#include <ctgrad/simd/log2.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>

// How exact these are over all arguments: test/accuracy.

namespace {

namespace lanes = ctgrad::simd;

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(hyperbolic)

BOOST_AUTO_TEST_CASE(what_is_in_range_is_finite) {
    BOOST_TEST(std::isfinite(lanes::sinh(710.4)));
    BOOST_TEST(std::isfinite(lanes::cosh(-89.4F)));
    BOOST_TEST(std::isinf(lanes::cosh(711.0)));
    BOOST_TEST(lanes::asinh(1e308) == 709.889355822726);
    BOOST_TEST(lanes::acosh(3e38F) == 89.2899933F);
    BOOST_TEST(std::isnan(lanes::acosh(0.5)));
    BOOST_TEST(std::isnan(lanes::atanh(-1.5F)));
    BOOST_TEST(lanes::atanh(-1.0) == -std::numeric_limits<double>::infinity());
    BOOST_TEST(std::signbit(lanes::asinh(-0.0)));
}

BOOST_AUTO_TEST_CASE(whole_logarithms_and_powers_are_whole) {
    double ten = 1;
    for (int i = 0; i <= 22; ++i, ten *= 10) BOOST_TEST(lanes::log10(ten) == i);
    for (int i = -1074; i < 1024; ++i) {
        BOOST_TEST(lanes::log2(std::ldexp(1.0, i)) == i);
        BOOST_TEST(lanes::exp2(static_cast<double>(i)) == std::ldexp(1.0, i));
    }
    for (int i = -149; i < 128; ++i) {
        BOOST_TEST(lanes::log2(std::ldexp(1.0F, i)) == static_cast<float>(i));
        BOOST_TEST(lanes::exp2(static_cast<float>(i)) == std::ldexp(1.0F, i));
    }
}

BOOST_AUTO_TEST_CASE(hyperbolic_functions_are_constant_expressions) {
    static_assert(lanes::sinh(0.0) == 0 && lanes::cosh(0.0F) == 1 && lanes::sinh(1e-300) == 1e-300);
    static_assert(lanes::asinh(0.75) == 0.6931471805599453 && lanes::atanh(0.5F) == 0.549306154F);
    static_assert(lanes::acosh(0.0) != lanes::acosh(0.0) && lanes::atanh(-2.0F) != lanes::atanh(-2.0F)); // NaN, without computing with it
    static_assert(lanes::log2(8.0) == 3 && lanes::log10(1000.0F) == 3 && lanes::exp2(10.0) == 1024);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

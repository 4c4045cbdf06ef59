// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/inverse_trigonometric.hpp>
#include <ctgrad/simd/tan.hpp>

#include "pairs.hpp"

#include <boost/test/unit_test.hpp>

// How exact these are over all arguments: test/accuracy.

namespace {

namespace lanes = ctgrad::simd;
using namespace ctgrad::test;

template <class T>
bool same_bits(T got, T expected) {
    return got == expected && std::signbit(got) == std::signbit(expected);
}

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(inverse_trigonometric)

BOOST_AUTO_TEST_CASE(atan2_is_right_for_all_pairs_of_special_values) {
    const auto function = [](auto y, auto x) { return lanes::atan2(y, x); };
    const auto exact = [](long double y, long double x) { return std::atan2(y, x); };
    check_pairs<float>(1.6, function, exact);
    check_pairs<double>(1.6, function, exact);
}

BOOST_AUTO_TEST_CASE(zeros_keep_their_sign_and_ends_are_exact) {
    BOOST_TEST(same_bits(lanes::asin(-0.0), -0.0));
    BOOST_TEST(same_bits(lanes::atan(-0.0F), -0.0F));
    BOOST_TEST(same_bits(lanes::tan(-0.0), -0.0));
    BOOST_TEST(same_bits(lanes::acos(1.0), 0.0));
    BOOST_TEST(lanes::asin(1.0F) == 1.57079633F);
    BOOST_TEST(lanes::acos(-1.0) == 3.141592653589793);
    BOOST_TEST(lanes::atan(-std::numeric_limits<double>::infinity()) == -1.5707963267948966);
    BOOST_TEST(std::isnan(lanes::asin(1.0000001)));
    BOOST_TEST(std::isnan(lanes::acos(-1.0000001F)));
    BOOST_TEST(std::isnan(lanes::tan(std::numeric_limits<float>::infinity())));
}

BOOST_AUTO_TEST_CASE(arcs_are_constant_expressions) {
    static_assert(lanes::asin(0.5) == 0.5235987755982989 && lanes::acos(0.5F) == 1.04719755F);
    static_assert(lanes::atan(1.0) == 0.7853981633974483 && lanes::tan(0.25) == 0.25534192122103627);
    static_assert(lanes::atan2(-1.0, -1.0) == -2.356194490192345);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

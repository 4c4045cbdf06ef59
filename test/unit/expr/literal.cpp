// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/expr/literal.hpp>

#include <boost/test/unit_test.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

BOOST_AUTO_TEST_SUITE(expr)

BOOST_AUTO_TEST_CASE(decimal_numbers_are_those_of_the_compiler) {
    static_assert((0.5_c).value == 0.5);
    static_assert((3_c).value == 3);
    static_assert((0_c).value == 0);
    static_assert((0.1_c).value == 0.1);
    static_assert((0.3_c).value == 0.3);
    static_assert((1.6732632423543772_c).value == 1.6732632423543772);
    static_assert((1.0507009873554805_c).value == 1.0507009873554805);
    static_assert((0.87962566103423978_c).value == 0.87962566103423978);
    static_assert((3.14159265358979323846_c).value == 3.14159265358979323846);
    static_assert((123456789.125_c).value == 123456789.125);
    static_assert((9007199254740993_c).value == 9007199254740993.0);
    static_assert((9007199254740991e22_c).value == 9007199254740991e22); // the largest and the smallest of one operation
    static_assert((9007199254740991e-22_c).value == 9007199254740991e-22);
    static_assert((3e23_c).value == 3e23); // and one beyond
}

BOOST_AUTO_TEST_CASE(scientific_notation_is_read) {
    static_assert((1e-7_c).value == 1e-7);
    static_assert((1e-3_c).value == 1e-3);
    static_assert((1E5_c).value == 1e5);
    static_assert((1.5e+3_c).value == 1.5e3);
    static_assert((2.5e-12_c).value == 2.5e-12);
    static_assert((1e-12_c).value == 1e-12);
    static_assert((9.109e-31_c).value == 9.109e-31);
}

BOOST_AUTO_TEST_CASE(digits_may_be_grouped) { static_assert((60'000_c).value == 60000); }

BOOST_AUTO_TEST_CASE(equal_numbers_have_one_type) {
    static_assert(std::is_same_v<decltype(0.5_c), decltype(0.50_c)>);
    static_assert(std::is_same_v<decltype(1e-3_c), decltype(0.001_c)>);
}

BOOST_AUTO_TEST_SUITE_END()

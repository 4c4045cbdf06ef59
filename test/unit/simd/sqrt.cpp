// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/sqrt.hpp>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::check_accuracy;
using ctgrad::test::sweep;

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(sqrt)

BOOST_AUTO_TEST_CASE(sqrt_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::sqrt(x); };
    const auto exact = [](long double x) { return std::sqrt(x); };
    check_accuracy<float>(0.5, function, exact);
    check_accuracy<double>(0.5, function, exact);
}

BOOST_AUTO_TEST_CASE(rsqrt_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::rsqrt(x); };
    const auto exact = [](long double x) { return 1 / std::sqrt(x); };
    check_accuracy<float>(1.5, function, exact);
    check_accuracy<double>(1.5, function, exact);
}

BOOST_AUTO_TEST_CASE(roots_by_digits_are_those_of_the_machine) {
    for (const float x : sweep<float>()) {
        const float digits = lanes::detail::sqrt_by_digits(x), machine = std::sqrt(x);
        if (!(digits == machine || (digits != digits && machine != machine))) BOOST_TEST(digits == machine);
    }
    for (const double x : sweep<double>(100'000)) {
        const double digits = lanes::detail::sqrt_by_digits(x), machine = std::sqrt(x);
        if (!(digits == machine || (digits != digits && machine != machine))) BOOST_TEST(digits == machine);
    }
}

BOOST_AUTO_TEST_CASE(sqrt_is_a_constant_expression) {
    static_assert(lanes::sqrt(2.0) == 1.4142135623730951 && lanes::sqrt(2.0F) == 1.41421354F);
    static_assert(lanes::sqrt(0x1p-1074) == 0x1p-537 && lanes::sqrt(4.0F) == 2.0F);
    static_assert(lanes::rsqrt(0.25) == 2.0);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

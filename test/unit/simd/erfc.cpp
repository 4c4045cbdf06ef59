// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/erfc.hpp>

#include "exact.hpp"
#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::check_accuracy;

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(erfc)

BOOST_AUTO_TEST_CASE(erfc_has_its_digits_until_it_underflows) {
    const auto function = [](auto x) { return lanes::erfc(x); };
    const auto exact = [](long double x) { return std::erfc(x); };
    check_accuracy<float>(6, function, exact);
    check_accuracy<double>(8, function, exact);
}

BOOST_AUTO_TEST_CASE(ndtr_has_its_digits_until_it_underflows) {
    const auto function = [](auto x) { return lanes::ndtr(x); };
    check_accuracy<float>(6, function, ctgrad::test::exact_ndtr);
    check_accuracy<double>(8, function, ctgrad::test::exact_ndtr);
}

BOOST_AUTO_TEST_CASE(gaussian_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::gaussian(x); };
    check_accuracy<float>(1.4, function, ctgrad::test::exact_gaussian);
    check_accuracy<double>(1.4, function, ctgrad::test::exact_gaussian);
}

BOOST_AUTO_TEST_CASE(they_are_constant_expressions) {
    static_assert(lanes::erfc(0.0) == 1.0 && lanes::erfc(30.0) == 0.0 && lanes::erfc(-10.0F) == 2.0F);
    static_assert(lanes::erfc(10.0) > 2.08848758376254e-45 && lanes::erfc(10.0) < 2.08848758376255e-45);
    static_assert(lanes::ndtr(0.0) == 0.5 && lanes::ndtr(-40.0) == 0.0 && lanes::ndtr(9.0F) == 1.0F);
    static_assert(lanes::gaussian(0.0) == 1.0 && lanes::gaussian(-1e30) == 0.0);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

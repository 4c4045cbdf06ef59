// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/log_cosh.hpp>
#include <ctgrad/simd/tanh_shrink.hpp>

#include "exact.hpp"
#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::check_accuracy;

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(log_cosh)

BOOST_AUTO_TEST_CASE(log_cosh_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::log_cosh(x); };
    check_accuracy<float>(3, function, ctgrad::test::exact_log_cosh);
    check_accuracy<double>(3, function, ctgrad::test::exact_log_cosh);
}

BOOST_AUTO_TEST_CASE(tanh_shrink_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::tanh_shrink(x); };
    check_accuracy<float>(6, function, ctgrad::test::exact_tanh_shrink);
    check_accuracy<double>(6, function, ctgrad::test::exact_tanh_shrink);
}

BOOST_AUTO_TEST_CASE(they_are_constant_expressions) {
    static_assert(lanes::log_cosh(0.0) == 0.0 && lanes::log_cosh(0x1p-27) == 0x1p-55 && lanes::log_cosh(-1e300) == 1e300);
    static_assert(lanes::tanh_shrink(0.0) == 0.0 && lanes::tanh_shrink(1e300) == 1e300 && lanes::tanh_shrink(-1e-4F) < -3.33e-13F);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/erf.hpp>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::check_accuracy;

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(erf)

BOOST_AUTO_TEST_CASE(erf_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::erf(x); };
    const auto exact = [](long double x) { return std::erf(x); };
    check_accuracy<float>(1.3, function, exact);
    check_accuracy<double>(1.3, function, exact);
}

BOOST_AUTO_TEST_CASE(erf_is_a_constant_expression) {
    static_assert(lanes::erf(0.0) == 0.0 && lanes::erf(10.0) == 1.0 && lanes::erf(-10.0F) == -1.0F);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

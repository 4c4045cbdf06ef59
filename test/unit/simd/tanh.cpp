// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/tanh.hpp>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::check_accuracy;

long double exact_sigmoid(long double x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); }
long double exact_softplus(long double x) { return std::isnan(x) ? x : std::fmax(x, 0.0L) + std::log1p(std::exp(-std::fabs(x))); }

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(tanh)

BOOST_AUTO_TEST_CASE(tanh_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::tanh(x); };
    const auto exact = [](long double x) { return std::tanh(x); };
    check_accuracy<float>(1.7, function, exact);
    check_accuracy<double>(1.8, function, exact);
}

BOOST_AUTO_TEST_CASE(sigmoid_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::sigmoid(x); };
    const auto exact = [](long double x) { return exact_sigmoid(x); };
    check_accuracy<float>(1.6, function, exact);
    check_accuracy<double>(1.6, function, exact);
}

BOOST_AUTO_TEST_CASE(softplus_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::softplus(x); };
    const auto exact = [](long double x) { return exact_softplus(x); };
    check_accuracy<float>(1.7, function, exact);
    check_accuracy<double>(1.8, function, exact);
}

BOOST_AUTO_TEST_CASE(tanh_sigmoid_and_softplus_are_constant_expressions) {
    static_assert(lanes::tanh(0.0) == 0.0 && lanes::tanh(50.0) == 1.0 && lanes::tanh(-50.0F) == -1.0F);
    static_assert(lanes::tanh(1e-310) == 1e-310);
    static_assert(lanes::sigmoid(0.0) == 0.5 && lanes::sigmoid(100.0F) == 1.0F && lanes::sigmoid(-1000.0) == 0.0);
    static_assert(lanes::softplus(0.0) == 0.69314718055994531 && lanes::softplus(800.0) == 800.0);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

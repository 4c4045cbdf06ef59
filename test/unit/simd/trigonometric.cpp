// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/trigonometric.hpp>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::check_accuracy;
using ctgrad::test::measure;

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(trigonometric)

BOOST_AUTO_TEST_CASE(sin_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::sin(x); };
    const auto exact = [](long double x) { return std::sin(x); };
    check_accuracy<float>(1, function, exact);
    check_accuracy<double>(1, function, exact);
}

BOOST_AUTO_TEST_CASE(cos_is_accurate_in_float_and_double) {
    const auto function = [](auto x) { return lanes::cos(x); };
    const auto exact = [](long double x) { return std::cos(x); };
    check_accuracy<float>(1, function, exact);
    check_accuracy<double>(1, function, exact);
}

BOOST_AUTO_TEST_CASE(angles_next_to_multiples_of_half_pi_keep_their_digits) {
    const auto next_to_multiples = []<class T>(T) {
        std::vector<T> angles;
        for (int i = 1; i < 80'000; ++i) {
            const auto angle = static_cast<T>(i * 1.570796326794896619231321691639751442L);
            angles.insert(angles.end(), {angle, -angle});
        }
        angles.resize(angles.size() / 16 * 16);
        return angles;
    };
    const auto sine = [](auto x) { return lanes::sin(x); };
    const auto exact = [](long double x) { return std::sin(x); };
    BOOST_TEST((measure<float, 4>(next_to_multiples(0.0F), sine, exact).ulp) <= 1);
    BOOST_TEST((measure<double, 2>(next_to_multiples(0.0), sine, exact).ulp) <= 1);
}

BOOST_AUTO_TEST_CASE(sin_and_cos_are_constant_expressions) {
    static_assert(lanes::sin(0.0) == 0.0 && lanes::cos(0.0F) == 1.0F);
    static_assert(lanes::sin(1e22) == -0.8522008497671888);
    static_assert(lanes::cos(0x1p1023) == lanes::cos(-0x1p1023));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/cbrt.hpp>
#include <ctgrad/simd/mod.hpp>

#include "pairs.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using namespace ctgrad::test;

long double exact_mod(long double x, long double y) {
    const long double rest = std::fmod(x, y);
    return rest != 0 && (rest < 0) != (y < 0) ? rest + y : std::copysign(rest, y);
}

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(mod)

BOOST_AUTO_TEST_CASE(mod_is_exact_for_all_pairs_of_special_values) {
    const auto function = [](auto x, auto y) { return lanes::mod(x, y); };
    check_pairs<float>(0.5, function, exact_mod);
    check_pairs<double>(0.5, function, exact_mod);
}

BOOST_AUTO_TEST_CASE(hypot_is_right_for_all_pairs_of_special_values) {
    const auto function = [](auto x, auto y) { return lanes::hypot(x, y); };
    const auto exact = [](long double x, long double y) { return std::hypot(x, y); };
    check_pairs<float>(1.2, function, exact);
    check_pairs<double>(1.2, function, exact);
}

BOOST_AUTO_TEST_CASE(remainders_and_roots_are_constant_expressions) {
    static_assert(lanes::mod(7.0, 3.0) == 1 && lanes::mod(-7.0, 3.0) == 2 && lanes::mod(7.0F, -3.0F) == -2);
    static_assert(lanes::mod(1e300, 7.0) == 1.0);
    static_assert(lanes::cbrt(-27.0) == -3 && lanes::cbrt(0.001F) == 0.1F && lanes::hypot(3e300, 4e300) == 5e300);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

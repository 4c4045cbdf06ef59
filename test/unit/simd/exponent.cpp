// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/exponent.hpp>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::measure;
using ctgrad::test::sweep;

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(exponent)

BOOST_AUTO_TEST_CASE(numbers_are_significand_times_power) {
    const auto check = []<class T>(T) {
        using V = lanes::vec<T, lanes::native_lanes<T>>;
        for (const T x : ctgrad::test::special_values<T>()) {
            if (!(x > 0) || std::isinf(x)) continue;
            const auto [m, e] = lanes::detail::decompose(x);
            BOOST_TEST((m >= T(0.75) && m < T(1.5)));
            BOOST_TEST(std::ldexp(m, static_cast<int>(e)) == x);
            const auto in_lanes = lanes::detail::decompose(V(x));
            BOOST_TEST(in_lanes.significand[1] == m);
            BOOST_TEST(in_lanes.exponent[1] == e);
        }
    };
    check(0.0F);
    check(0.0);
}

BOOST_AUTO_TEST_CASE(scaling_rounds_once) {
    const auto check = []<class T>(T) {
        using V = lanes::vec<T, lanes::native_lanes<T>>;
        for (const T x : {T(1), T(1.2345678901234567), T(-1.4142135623730951)})
            for (int n = -std::numeric_limits<T>::max_exponent * 5 / 4; n < std::numeric_limits<T>::max_exponent + 4; ++n) {
                const T expected = std::ldexp(x, n), power = static_cast<T>(n);
                if (lanes::detail::scale(x, power) != expected || lanes::detail::scale(V(x), V(power))[1] != expected)
                    BOOST_TEST(lanes::detail::scale(x, power) == expected, x << " * 2^" << n);
            }
    };
    check(0.0F);
    check(0.0);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

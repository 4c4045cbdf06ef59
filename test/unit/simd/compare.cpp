// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/compare.hpp>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::measure;
using ctgrad::test::sweep;

using V = lanes::vec<float, 4>;
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(compare)

BOOST_AUTO_TEST_CASE(minimum_and_maximum_propagate_nan) {
    const V v = lanes::iota<V>();
    for (int i = 0; i < 4; ++i) {
        BOOST_TEST(lanes::max(v, V(1.5F))[i] == std::fmax(static_cast<float>(i), 1.5F));
        BOOST_TEST(lanes::min(v, V(1.5F))[i] == std::fmin(static_cast<float>(i), 1.5F));
        BOOST_TEST(std::isnan(lanes::max(v, V(not_a_number))[i]));
        BOOST_TEST(std::isnan(lanes::max(V(not_a_number), v)[i]));
        BOOST_TEST(std::isnan(lanes::min(v, V(not_a_number))[i]));
        BOOST_TEST(std::isnan(lanes::min(V(not_a_number), v)[i]));
    }
    static_assert(lanes::max(1.0, 2.0) == 2.0 && lanes::min(1.0F, 2.0F) == 1.0F && lanes::max(1, 2) == 2);
    static_assert(lanes::max(not_a_number, 2.0F) != lanes::max(not_a_number, 2.0F));
}

BOOST_AUTO_TEST_CASE(bounds_leave_nan_in_registers_of_every_size) {
    const auto check = []<class W>(W v) {
        BOOST_TEST(lanes::all(lanes::detail::at_most(v, 1) != v));
        BOOST_TEST(lanes::all(lanes::detail::at_least(v, 1) != v));
        BOOST_TEST(lanes::all(lanes::detail::at_most(W(2), 1) == W(1)));
        BOOST_TEST(lanes::all(lanes::detail::at_least(W(2), 3) == W(3)));
    };
    check(lanes::vec<float, 4>(not_a_number));
    check(lanes::vec<float, lanes::native_lanes<float>>(not_a_number));
    check(lanes::vec<double, lanes::native_lanes<double>>(static_cast<double>(not_a_number)));
}

BOOST_AUTO_TEST_CASE(abs_and_copysign_change_the_sign_only) {
    for (const float x : {0.0F, 1.5F, 1e-42F, std::numeric_limits<float>::infinity(), not_a_number}) {
        BOOST_TEST(!std::signbit(lanes::abs(V(-x))[0]));
        BOOST_TEST(std::signbit(lanes::copysign(V(x), V(-0.0F))[1]));
        BOOST_TEST(!std::signbit(lanes::copysign(V(-x), V(2.0F))[2]));
    }
    static_assert(lanes::abs(-2.5) == 2.5 && lanes::copysign(3.0F, -0.0F) == -3.0F);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

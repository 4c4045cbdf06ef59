// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/vec.hpp>

#include <initializer_list>
#include <type_traits>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::measure;
using ctgrad::test::sweep;

template <class T>
using four = lanes::vec<T, 4>;

template <class V>
bool equal(V v, std::initializer_list<typename V::element> expected) {
    int lane = 0;
    for (const auto x : expected)
        if (v[lane++] != x) return false;
    return lane == V::lanes;
}

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(vec)

BOOST_AUTO_TEST_CASE(arithmetic_is_lane_by_lane) {
    const auto check = []<class T>(T) {
        using V = four<T>;
        const V a = lanes::iota<V>() + V(1), b = T{2};
        BOOST_TEST(equal(a + b, {3, 4, 5, 6}));
        BOOST_TEST(equal(a - b, {-1, 0, 1, 2}));
        BOOST_TEST(equal(a * b, {2, 4, 6, 8}));
        BOOST_TEST(equal((a * b) / b, {1, 2, 3, 4}));
        BOOST_TEST(equal(-a, {-1, -2, -3, -4}));
        V c = a;
        c += b;
        c *= b;
        c -= b;
        c /= b;
        BOOST_TEST(equal(c, {2, 3, 4, 5}));
    };
    check(0.0F);
    check(0.0);
    check(std::int32_t{});
    check(std::int64_t{});
}

BOOST_AUTO_TEST_CASE(a_scalar_fills_every_lane_and_keeps_the_sign_of_zero) {
    const four<float> zero = -0.0F;
    for (int i = 0; i < 4; ++i) BOOST_TEST(std::signbit(zero[i]));
    BOOST_TEST(equal(2.0F * lanes::iota<four<float>>(), {0, 2, 4, 6}));
}

BOOST_AUTO_TEST_CASE(select_takes_masks_of_lanes_of_another_size) {
    const auto wide = lanes::iota<four<double>>(), other = four<double>(-1.0);
    BOOST_TEST(equal(lanes::select(lanes::iota<four<float>>() < 2.0F, wide, other), {0, 1, -1, -1}));
    const auto narrow = lanes::iota<four<std::int32_t>>();
    BOOST_TEST(equal(lanes::select(wide >= 2.0, narrow, -narrow), {0, -1, 2, 3}));
    BOOST_TEST(lanes::select(true, 1, 2) == 1);
}

BOOST_AUTO_TEST_CASE(conversion_truncates) {
    const auto v = lanes::iota<four<float>>() * 1.75F - 2.0F; // -2 -0.25 1.5 3.25
    BOOST_TEST(equal(lanes::convert<std::int32_t>(v), {-2, 0, 1, 3}));
    BOOST_TEST(equal(lanes::convert<std::int64_t>(v), {-2, 0, 1, 3}));
    BOOST_TEST(equal(lanes::convert<double>(v), {-2, -0.25, 1.5, 3.25}));
    BOOST_TEST(equal(lanes::convert<float>(lanes::iota<four<std::int64_t>>()), {0, 1, 2, 3}));
    static_assert(lanes::convert<int>(1.9) == 1);
}

BOOST_AUTO_TEST_CASE(halves_join_to_the_whole) {
    const auto v = lanes::iota<four<float>>();
    BOOST_TEST(equal(lanes::lower(v), {0, 1}));
    BOOST_TEST(equal(lanes::upper(v), {2, 3}));
    BOOST_TEST(equal(lanes::join(lanes::upper(v), lanes::lower(v)), {2, 3, 0, 1}));
}

BOOST_AUTO_TEST_CASE(any_number_of_lanes_gives_the_same_numbers) {
    const auto values = sweep<double>(1'000);
    const auto check = [&]<int W>(std::integral_constant<int, W>) {
        const auto found = measure<double, W>(
            values, [](auto x) { return lanes::tanh(lanes::sin(x)); },
            [](long double x) { return static_cast<long double>(lanes::tanh(lanes::sin(static_cast<double>(x)))); });
        BOOST_TEST(found.ulp == 0);
    };
    check(std::integral_constant<int, 1>{});
    check(std::integral_constant<int, 2>{});
    check(std::integral_constant<int, 4>{});
    check(std::integral_constant<int, 8>{});
    check(std::integral_constant<int, 16>{});
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

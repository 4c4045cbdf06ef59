// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/reduce.hpp>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::measure;
using ctgrad::test::sweep;

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(reduce)

BOOST_AUTO_TEST_CASE(every_lane_counts) {
    const auto check = []<class V>(V) {
        using T = typename V::element;
        const V v = lanes::iota<V>() + V(1);
        const int n = V::lanes;
        BOOST_TEST(lanes::reduce_add(v) == static_cast<T>(n * (n + 1) / 2));
        BOOST_TEST(lanes::reduce_max(v) == static_cast<T>(n));
        BOOST_TEST(lanes::reduce_min(-v) == static_cast<T>(-n));
        BOOST_TEST(lanes::reduce_mul(lanes::select(v <= V(4), v, V(1))) == static_cast<T>(n < 4 ? n : 24));
    };
    check(lanes::vec<float, 1>{});
    check(lanes::vec<float, 2>{});
    check(lanes::vec<float, 4>{});
    check(lanes::vec<double, lanes::native_lanes<double>>{});
    check(lanes::vec<float, lanes::native_lanes<float>>{});
    check(lanes::vec<std::int32_t, lanes::native_lanes<float>>{});
    check(lanes::vec<std::int64_t, lanes::native_lanes<double>>{});
}

BOOST_AUTO_TEST_CASE(sums_are_a_tree_of_halves) {
    using V = lanes::vec<float, 4>;
    const float x[]{1e8F, 1, -1e8F, 1};
    BOOST_TEST(lanes::reduce_add(lanes::load<V>(x)) == (1e8F + -1e8F) + (1.0F + 1.0F));
}

BOOST_AUTO_TEST_CASE(a_nan_lane_is_the_largest_and_the_smallest) {
    using V = lanes::vec<float, 4>;
    for (int i = 0; i < 4; ++i) {
        float x[]{1, 2, 3, 4};
        x[i] = std::numeric_limits<float>::quiet_NaN();
        BOOST_TEST(std::isnan(lanes::reduce_max(lanes::load<V>(x))));
        BOOST_TEST(std::isnan(lanes::reduce_min(lanes::load<V>(x))));
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

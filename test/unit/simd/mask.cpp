// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/mask.hpp>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::measure;
using ctgrad::test::sweep;

using V = lanes::vec<float, 8>;

unsigned bits_of(V::mask_type m) {
    unsigned found = 0;
    for (int i = 0; i < V::lanes; ++i) found |= (m[i] ? 1U : 0U) << i;
    return found;
}

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(mask)

BOOST_AUTO_TEST_CASE(comparisons_and_their_combinations_are_lane_by_lane) {
    const V v = lanes::iota<V>();
    BOOST_TEST(bits_of(v < 3.0F) == 0b00000111U);
    BOOST_TEST(bits_of(v <= 3.0F) == 0b00001111U);
    BOOST_TEST(bits_of(v > 3.0F) == 0b11110000U);
    BOOST_TEST(bits_of(v >= 3.0F) == 0b11111000U);
    BOOST_TEST(bits_of(v == 3.0F) == 0b00001000U);
    BOOST_TEST(bits_of(v != 3.0F) == 0b11110111U);
    BOOST_TEST(bits_of((v > 1.0F) & (v < 4.0F)) == 0b00001100U);
    BOOST_TEST(bits_of((v < 1.0F) | (v > 6.0F)) == 0b10000001U);
    BOOST_TEST(bits_of((v > 1.0F) ^ (v > 3.0F)) == 0b00001100U);
    BOOST_TEST(bits_of(!(v < 3.0F)) == 0b11111000U);
    BOOST_TEST(bits_of(V::mask_type(true)) == 0b11111111U);
}

BOOST_AUTO_TEST_CASE(nan_compares_as_in_scalars) {
    const V nan = std::numeric_limits<float>::quiet_NaN();
    BOOST_TEST(!lanes::any(nan == nan));
    BOOST_TEST(lanes::all(nan != nan));
    BOOST_TEST(!lanes::any(nan < nan));
}

BOOST_AUTO_TEST_CASE(any_and_all_look_at_every_lane_of_every_width) {
    const auto check = []<class W>(W) {
        const W v = lanes::iota<W>();
        BOOST_TEST(!lanes::any(v < W(0)));
        BOOST_TEST(lanes::all(v >= W(0)));
        for (int i = 0; i < W::lanes; ++i) {
            const W lane = static_cast<typename W::element>(i);
            BOOST_TEST(lanes::any(v == lane));
            BOOST_TEST(!lanes::all(v != lane));
            BOOST_TEST(lanes::all(v == lane) == (W::lanes == 1));
        }
    };
    check(lanes::vec<float, 1>{});
    check(lanes::vec<float, 2>{});
    check(lanes::vec<float, 4>{});
    check(lanes::vec<std::int64_t, 1>{});
    check(lanes::vec<double, 2>{});
    check(lanes::vec<float, lanes::native_lanes<float>>{});
    check(lanes::vec<double, lanes::native_lanes<double>>{});
    check(lanes::vec<std::int32_t, lanes::native_lanes<float>>{});
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

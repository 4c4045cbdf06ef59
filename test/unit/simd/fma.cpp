// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/fma.hpp>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::measure;
using ctgrad::test::sweep;

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(fma)

BOOST_AUTO_TEST_CASE(one_rounding_where_the_machine_fuses_and_two_elsewhere) {
    const auto check = []<class V>(V) {
        using T = typename V::element;
        // (1 + e)^2 - (1 + 2 e) is e^2, which a rounded product has lost.
        volatile T epsilon = std::numeric_limits<T>::epsilon();
        const T e = epsilon, expected = lanes::fused_multiply_add ? e * e : T{0};
        BOOST_TEST(lanes::fma(T{1} + e, T{1} + e, -(T{1} + e + e)) == expected);
        const V v = lanes::fma(V(T{1} + e), V(T{1} + e), -V(T{1} + e + e));
        for (int i = 0; i < V::lanes; ++i) BOOST_TEST(v[i] == expected);
    };
    check(lanes::vec<float, 1>{});
    check(lanes::vec<float, 2>{});
    check(lanes::vec<float, 4>{});
    check(lanes::vec<double, 2>{});
    check(lanes::vec<float, lanes::native_lanes<float>>{});
    check(lanes::vec<double, lanes::native_lanes<double>>{});
    static_assert(lanes::fma(2.0, 3.0, 4.0) == 10.0);
}

BOOST_AUTO_TEST_CASE(polynomials_of_every_length_are_in_falling_powers) {
    static_assert(lanes::detail::polynomial(10.0, 1.0, 2.0) == 12.0);
    static_assert(lanes::detail::polynomial(10.0, 1.0, 2.0, 3.0) == 123.0);
    static_assert(lanes::detail::polynomial(10.0, 1.0, 2.0, 3.0, 4.0) == 1234.0);
    static_assert(lanes::detail::polynomial(10.0, 1.0, 2.0, 3.0, 4.0, 5.0) == 12345.0);
    static_assert(lanes::detail::polynomial(10.0F, 1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 6.0F) == 123456.0F);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

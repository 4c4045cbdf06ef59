// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/pow.hpp>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::measure;
using ctgrad::test::sweep;

/// The largest error of x^y for random x and y with results in and a little out of range, and for special
/// values.
template <class T>
void check_pow(double bound) {
    constexpr int W = lanes::native_lanes<T>;
    using V = lanes::vec<T, W>;
    std::vector<T> bases, exponents;
    const auto specials = ctgrad::test::special_values<T>();
    for (const T x : specials)
        for (const T y : specials) {
            bases.push_back(x);
            exponents.push_back(y);
        }
    std::mt19937_64 generator{7};
    std::uniform_real_distribution<double> uniform{-1, 1};
    const double range = sizeof(T) == 4 ? 104 : 746;
    for (int i = 0; i < 300'000; ++i) {
        const double logarithm = uniform(generator) * (i % 2 == 0 ? 0.7 : range * 0.95);
        bases.push_back(static_cast<T>(std::exp(logarithm)));
        exponents.push_back(static_cast<T>(range / std::fabs(logarithm) * uniform(generator)));
    }
    double worst = 0;
    constexpr auto step = static_cast<std::size_t>(W);
    for (std::size_t i = 0; i + step <= bases.size(); i += step) {
        T powers[step];
        lanes::store(powers, lanes::pow(lanes::load<V>(bases.data() + i), lanes::load<V>(exponents.data() + i)));
        for (std::size_t j = 0; j < step; ++j) {
            const T x = bases[i + j], y = exponents[i + j], scalar = lanes::pow(x, y);
            const double ulp = ctgrad::test::ulp_distance(powers[j], std::pow(static_cast<long double>(x), static_cast<long double>(y)));
            if (!(ulp <= bound)) BOOST_TEST(ulp <= bound, x << " ^ " << y << " is " << powers[j]);
            if (!(scalar == powers[j] || (scalar != scalar && powers[j] != powers[j]))) BOOST_TEST(scalar == powers[j]);
            worst = std::max(worst, ulp);
        }
    }
    BOOST_TEST_MESSAGE("pow: " << worst << " ulp");
}

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(pow)

BOOST_AUTO_TEST_CASE(pow_is_accurate_in_float) { check_pow<float>(1); }
BOOST_AUTO_TEST_CASE(pow_is_accurate_in_double) { check_pow<double>(1.7); }

BOOST_AUTO_TEST_CASE(pow_is_a_constant_expression) {
    static_assert(lanes::pow(2.0, 10.0) == 1024.0 && lanes::pow(2.0F, -1.0F) == 0.5F);
    static_assert(lanes::pow(-2.0, 3.0) == -8.0 && lanes::pow(-2.0, 0.5) != lanes::pow(-2.0, 0.5));
    static_assert(lanes::pow(0.0, 0.0) == 1.0 && lanes::pow(0.0, 2.0) == 0.0);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

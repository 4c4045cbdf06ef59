// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/polygamma.hpp>

#include "exact.hpp"
#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

// How exact lgamma and digamma are for x > 0: test/accuracy.

namespace {

namespace lanes = ctgrad::simd;
using namespace ctgrad::test;

constexpr double infinity = std::numeric_limits<double>::infinity();

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(gamma)

BOOST_AUTO_TEST_CASE(lgamma_below_0_is_exact_to_some_epsilon_of_its_largest_term) {
    double worst = 0, at = 0;
    for (double x = -60.0003; x < 0; x += 0.00713) {
        const long double expected = std::lgamma(static_cast<long double>(x));
        const double scale = std::fmax(1, std::fmax(std::fabs(static_cast<double>(expected)), std::lgamma(-x)));
        const double error = static_cast<double>(std::fabs(lanes::lgamma(x) - expected)) / scale * 0x1p52;
        if (error > worst) {
            worst = error;
            at = x;
        }
    }
    BOOST_TEST(worst <= 4, worst << " at " << at);
}

BOOST_AUTO_TEST_CASE(digamma_is_reflected) {
    for (double x = 0.0203; x < 30; x += 0.0317) {
        const long double cotangent = 1 / std::tan(3.14159265358979323846264338L * (static_cast<long double>(x) - std::round(x)));
        const long double expected = exact_digamma(x) + 1 / static_cast<long double>(x) + 3.14159265358979323846264338L * cotangent;
        const double scale = std::fmax(4, static_cast<double>(std::fabs(expected)));
        BOOST_TEST(static_cast<double>(std::fabs(lanes::digamma(-x) - expected)) <= 8 * 0x1p-52 * scale, x);
    }
}

BOOST_AUTO_TEST_CASE(poles_and_ends) {
    for (const double x : {0.0, -0.0, -1.0, -7.0, -1e300, infinity, -infinity, 1e308}) BOOST_TEST(lanes::lgamma(x) == infinity);
    for (const double x : {0.0, -0.0, -1.0, -7.0, -1e300, -infinity}) BOOST_TEST(std::isnan(lanes::digamma(x)));
    BOOST_TEST(lanes::digamma(infinity) == infinity);
    BOOST_TEST(lanes::digamma(-1e-310) == infinity);
    BOOST_TEST(std::isnan(lanes::lgamma(std::numeric_limits<float>::quiet_NaN())));
    BOOST_TEST(std::isfinite(lanes::lgamma(0x1.754d9278b51a7p+1014)));
    BOOST_TEST(lanes::polygamma(1.0, 0.0) == infinity);
    BOOST_TEST(std::isnan(lanes::polygamma(2.0, -3.0)));
}

BOOST_AUTO_TEST_CASE(known_values_are_constant_expressions) {
    static_assert(lanes::lgamma(1.0) == 0 && lanes::lgamma(2.0F) == 0);
    static_assert(lanes::lgamma(101.0) > 363.739375555563 && lanes::lgamma(101.0) < 363.739375555564); // ln 100!
    static_assert(lanes::digamma(1.0) > -0.577215664901533 && lanes::digamma(1.0) < -0.577215664901532);
    const auto near = [](double found, double expected) { return std::fabs(found - expected) <= 1e-14 * std::fabs(expected); };
    BOOST_TEST(near(lanes::polygamma(1.0, 1.0), 1.6449340668482264));  // pi^2 / 6
    BOOST_TEST(near(lanes::polygamma(1.0, 0.5), 4.934802200544679));   // pi^2 / 2
    BOOST_TEST(near(lanes::polygamma(2.0, 1.0), -2.4041138063191886)); // -2 zeta(3)
    BOOST_TEST(near(lanes::polygamma(1.0, -0.5), 8.934802200544679));  // pi^2 / 2 + 4
    BOOST_TEST(near(lanes::polygamma(3.0, 0.5), 97.40909103400244));   // pi^4
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

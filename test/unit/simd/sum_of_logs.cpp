// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/sum_of_logs.hpp>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::ulp_distance;
constexpr float inf = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

/// The sum over all of `x`, by vectors of V or one by one.
template <template <class> class Sum, class V>
float sum_by(const std::vector<float>& x) {
    Sum<V> sum;
    int added = 0;
    const auto add = [&](V v) {
        sum.add(v);
        if (++added % Sum<V>::most_added == 0) sum.settle();
    };
    if constexpr (std::is_same_v<V, float>)
        for (const float e : x) add(e);
    else
        for (std::size_t i = 0; i < x.size(); i += V::lanes) {
            const std::size_t n = std::min<std::size_t>(V::lanes, x.size() - i);
            add(lanes::select(lanes::first_lanes<V>(n), lanes::load_partial<V>(x.data() + i, n), V(Sum<V>::neutral)));
        }
    sum.settle();
    return sum.value();
}

/// The largest error in ulp, by scalars and by vectors of several widths.
template <template <class> class Sum, class Exact>
double error_of(const std::vector<float>& x, Exact exact) {
    long double expected = 0;
    for (const float e : x) expected += exact(static_cast<long double>(e));
    double worst = 0;
    for (const float got : {sum_by<Sum, float>(x), sum_by<Sum, lanes::vec<float, 2>>(x), sum_by<Sum, lanes::vec<float, 8>>(x),
                            sum_by<Sum, lanes::vec<float, lanes::native_lanes<float>>>(x)})
        worst = std::max(worst, ulp_distance(got, expected));
    return worst;
}

long double log_of(long double x) { return x < 0 ? std::numeric_limits<long double>::quiet_NaN() : std::log(x); }
long double log1p_of(long double x) { return x < -1 ? std::numeric_limits<long double>::quiet_NaN() : std::log1p(x); }
long double softplus_of(long double x) { return std::isnan(x) ? x : std::fmax(x, 0.0L) + std::log1p(std::exp(-std::fabs(x))); }

std::vector<float> between(float low, float high, std::size_t count) {
    std::mt19937 engine{7};
    std::uniform_real_distribution<float> draw{low, high};
    std::vector<float> x(count);
    for (float& e : x) e = draw(engine);
    return x;
}
template <class Change>
std::vector<float> changed(std::vector<float> x, Change change) {
    for (float& e : x) e = change(e);
    return x;
}

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(sum_of_logs)

BOOST_AUTO_TEST_CASE(sums_are_rounded_once_or_twice) {
    for (const std::size_t n : {1u, 3u, 100u, 10'000u}) {
        BOOST_TEST(error_of<lanes::sum_of_log>(between(1, 3, n), log_of) < 0.6);
        BOOST_TEST(error_of<lanes::sum_of_log>(changed(between(-80, 10, n), [](float e) { return std::exp(e); }), log_of) < 0.6);
        BOOST_TEST(error_of<lanes::sum_of_log1p>(between(-0.9F, 10, n), log1p_of) < 0.6);
        BOOST_TEST(error_of<lanes::sum_of_softplus>(between(-30, 0, n), softplus_of) < 1.6);
    }
    BOOST_TEST(error_of<lanes::sum_of_softplus>(between(-3, 30, 100), softplus_of) < 2.5); // x itself is summed in float
}

BOOST_AUTO_TEST_CASE(tiny_terms_keep_their_digits) {
    for (const float size : {1e-6F, 1e-10F, 1e-20F, 1e-40F}) {
        BOOST_TEST(error_of<lanes::sum_of_log1p>(changed(between(-1, 2, 1000), [=](float e) { return e * size; }), log1p_of) < 0.6);
        BOOST_TEST(error_of<lanes::sum_of_log1p>(std::vector<float>(50, -size), log1p_of) < 0.6);
    }
    BOOST_TEST(error_of<lanes::sum_of_log>(std::vector<float>(1000, 1 - 0x1p-24F), log_of) < 0.6);
    BOOST_TEST(error_of<lanes::sum_of_log>(std::vector<float>(1000, 1 + 0x1p-23F), log_of) < 0.6);
    BOOST_TEST(error_of<lanes::sum_of_softplus>(between(-100, -20, 1000), softplus_of) < 1.6);
}

BOOST_AUTO_TEST_CASE(the_largest_and_the_smallest_numbers_do_not_overflow) {
    using limits = std::numeric_limits<float>;
    for (const float x : {limits::max(), limits::min(), limits::denorm_min()}) {
        BOOST_TEST(error_of<lanes::sum_of_log>(std::vector<float>(1000, x), log_of) < 0.6);
        BOOST_TEST(error_of<lanes::sum_of_log1p>(std::vector<float>(1000, x), log1p_of) < 0.6);
    }
}

BOOST_AUTO_TEST_CASE(sums_at_the_limits_are_those_of_the_terms) {
    for (const std::vector<float>& some : {std::vector<float>{0},
                                           {-0.0F},
                                           {inf},
                                           {not_a_number},
                                           {-inf},
                                           {0, inf},
                                           {-2, -3},
                                           {-1},
                                           {-1, inf},
                                           {-1, -2},
                                           {0, -1},
                                           {-inf, inf}})
        for (const std::size_t others : {0u, 5u, 100u}) {
            std::vector<float> x = between(0.5F, 2, others);
            x.insert(x.begin() + static_cast<std::ptrdiff_t>(others / 2), some.begin(), some.end());
            BOOST_TEST_CONTEXT(some[0] << ' ' << some.back() << ' ' << others) {
                BOOST_TEST(error_of<lanes::sum_of_log>(x, log_of) < 0.6);
                BOOST_TEST(error_of<lanes::sum_of_log1p>(x, log1p_of) < 0.6);
                BOOST_TEST(error_of<lanes::sum_of_softplus>(x, softplus_of) < 2.5);
            }
        }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

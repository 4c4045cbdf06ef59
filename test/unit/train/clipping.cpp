// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/train/clip_by_global_norm.hpp>
#include <ctgrad/train/clip_by_norm.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <limits>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

template <class T>
constexpr auto x = ct::placeholder<"x", T, 4>;
template <class T>
using four = std::array<T, 4>;

template <class T>
four<T> clipped(const four<T>& data) {
    constexpr auto short_enough = ct::clip_by_norm(x<T>, 1_c);
    const ct::function f{short_enough};
    four<T> out{};
    f(x<T> = data, short_enough = out);
    return out;
}
template <class T>
double length(const four<T>& v) {
    double largest = 0, sum = 0;
    for (T e : v) largest = std::fmax(largest, std::fabs(static_cast<double>(e)));
    if (largest == 0) return 0;
    for (T e : v) sum += static_cast<double>(e) / largest * (static_cast<double>(e) / largest);
    return largest * std::sqrt(sum);
}

/// Numbers up to `size` and their negatives, down to a hundred thousandth of it.
template <class T>
four<T> spread(T size) {
    return {size, -size / 3, size / 100000, T{0}};
}

template <class T>
void check_any_size() {
    const auto near = boost::test_tools::tolerance(std::is_same_v<T, float> ? 1e-5 : 1e-13);
    constexpr int most = std::numeric_limits<T>::max_exponent - 1;
    for (int exponent = 1; exponent <= most; exponent += 7) {
        const four<T> given = spread(std::ldexp(T{1}, exponent)), out = clipped<T>(given);
        BOOST_TEST(length(out) == 1.0, near);
        BOOST_TEST(static_cast<double>(out[1]) == -static_cast<double>(out[0]) / 3, near);
    }
    for (int exponent = -1; exponent > -most; exponent -= 7) {
        const four<T> given = spread(std::ldexp(T{1}, exponent));
        BOOST_TEST((clipped<T>(given) == given)); // short enough, to the last bit
    }
    const T largest = std::numeric_limits<T>::max();
    BOOST_TEST(static_cast<double>(clipped<T>({largest, largest, -largest, largest})[2]) == -0.5, near); // the length itself is infinite
}

} // namespace

BOOST_AUTO_TEST_SUITE(clipping)

BOOST_AUTO_TEST_CASE(a_vector_of_any_size_is_clipped) {
    check_any_size<float>();
    check_any_size<double>();
}

BOOST_AUTO_TEST_CASE(zeros_stay_zeros_and_what_is_not_finite_is_contagious) {
    BOOST_TEST((clipped<float>({}) == four<float>{}));
    for (const float bad : {INFINITY, -INFINITY, NAN})
        for (const float each : clipped<float>({1, bad, 0, 1e30F})) BOOST_TEST(std::isnan(each));
}

BOOST_AUTO_TEST_CASE(short_limits_are_kept_where_squares_underflow) {
    constexpr auto tiny = ct::clip_by_norm(x<float>, 1e-30_c);
    const ct::function f{tiny};
    four<float> out{};
    f(x<float> = four<float>{3e-25F, 0, 4e-25F, 0}, tiny = out);
    BOOST_TEST(out[0] == 0.6e-30F, boost::test_tools::tolerance(1e-5F));
    BOOST_TEST(out[2] == 0.8e-30F, boost::test_tools::tolerance(1e-5F));
}

BOOST_AUTO_TEST_CASE(the_global_norm_is_of_any_size) {
    constexpr auto both = ct::global_norm(x<float>, ct::placeholder<"more", float, 2>);
    const ct::function f{both};
    for (const float size : {1e-30F, 1e-12F, 1.0F, 1e12F, 1e30F, 1e37F})
        BOOST_TEST(f(x<float> = four<float>{size, size, 0, 0}, ct::placeholder<"more", float, 2> = std::array<float, 2>{size, -size}) ==
                       2 * size,
                   boost::test_tools::tolerance(1e-5F));
    BOOST_TEST(f(x<float> = four<float>{}, ct::placeholder<"more", float, 2> = std::array<float, 2>{}) == 0);
}

BOOST_AUTO_TEST_CASE(the_clipped_norm_has_a_slope_of_0_at_0) {
    constexpr auto v = ct::variable<"v", double, 4>;
    const auto slope = ct::evaluate(ct::gradient(ct::reduce_sum(ct::clip_by_norm(v, 1_c)), v)[v], v = four<double>{});
    for (const double each : slope) BOOST_TEST(each == 1);
}

BOOST_AUTO_TEST_SUITE_END()

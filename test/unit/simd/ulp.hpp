// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

/// @file How far results are from those of std in long double, in units of the last place.

namespace ctgrad::test {

/// |got - expected| in units of the last place of T at the expected value: 0.5 is the best a T can do in
/// general. Infinite where one is NaN, infinite or of the other sign and the other is not so.
template <class T>
double ulp_distance(T got, long double expected) {
    constexpr double far = std::numeric_limits<double>::infinity();
    if (std::isnan(expected) || std::isnan(got)) return std::isnan(expected) && std::isnan(got) ? 0 : far;
    const T rounded = static_cast<T>(expected);
    if (rounded == T{0} && got == T{0}) return std::signbit(expected) == std::signbit(got) ? 0 : far;
    if (std::isinf(rounded) || std::isinf(got)) return rounded == got ? 0 : far;
    int exponent = 0;
    std::frexp(expected, &exponent);
    const int last_place = std::max(exponent, std::numeric_limits<T>::min_exponent) - std::numeric_limits<T>::digits;
    return static_cast<double>(std::ldexp(std::fabs(static_cast<long double>(got) - expected), -last_place));
}

/// Arguments where functions change their ways, with both signs.
template <class T>
std::vector<T> special_values() {
    using limits = std::numeric_limits<T>;
    std::vector<T> values{T{0},
                          limits::denorm_min(),
                          limits::denorm_min() * 3,
                          limits::min() / 2,
                          std::nextafter(limits::min(), T{0}),
                          limits::min(),
                          limits::epsilon(),
                          T{1},
                          limits::max(),
                          limits::infinity(),
                          limits::quiet_NaN()};
    for (const double v : {0x1p-60,
                           1e-20,
                           1e-10,
                           1e-5,
                           0.25,
                           0.34657359,
                           0.5,
                           0.55,
                           0.7071,
                           0.75,
                           0.9,
                           0.995,
                           1.4142,
                           1.5,
                           1.570796326794896619,
                           2.0,
                           3.0,
                           3.14159265358979323846,
                           4.0,
                           5.9,
                           9.9,
                           17.0,
                           18.0,
                           20.0,
                           37.0,
                           87.3,
                           88.7,
                           89.0,
                           103.9,
                           104.0,
                           708.3,
                           709.7,
                           710.0,
                           745.1,
                           746.0,
                           1e5,
                           131072.0,
                           1e9,
                           1e15,
                           4503599627370496.0,
                           1e16,
                           1e22,
                           1e30})
        for (const T x :
             {static_cast<T>(v), std::nextafter(static_cast<T>(v), T{0}), std::nextafter(static_cast<T>(v), limits::infinity())})
            values.push_back(x);
    for (std::size_t i = 0, n = values.size(); i < n; ++i) values.push_back(-values[i]);
    return values;
}

/// How much fewer arguments are tried where long double is software, as on aarch64.
inline constexpr unsigned thinning = std::numeric_limits<long double>::digits > 64 ? 101 : 1;

/// Every 1009th bit pattern in float (or another one), so many random ones and ones of moderate size in double;
/// special values.
template <class T>
std::vector<T> sweep(std::size_t random_doubles = 500'000 / thinning, std::uint64_t float_step = 1009 * thinning) {
    std::vector<T> values = special_values<T>();
    if constexpr (sizeof(T) == 4) {
        for (std::uint64_t i = 0; i < (std::uint64_t{1} << 32); i += float_step)
            values.push_back(__builtin_bit_cast(float, static_cast<std::uint32_t>(i)));
    } else {
        std::mt19937_64 generator{20240501};
        std::normal_distribution<double> exponent{0, 6};
        for (std::size_t i = 0; i < random_doubles; ++i) {
            const std::uint64_t raw = generator();
            values.push_back(__builtin_bit_cast(double, raw));
            const double fraction = 1 + static_cast<double>(raw >> 12) * 0x1p-52;
            values.push_back(std::ldexp(raw & 1 ? fraction : -fraction, static_cast<int>(exponent(generator))));
        }
    }
    while (values.size() % 16 != 0) values.push_back(T{1});
    return values;
}

/// What a sweep found: the largest error and where, and the first argument where lanes differ from scalars.
template <class T>
struct accuracy {
    double ulp = 0;
    T at = 0;
    std::size_t lanes_unlike_scalar = 0;
};

/// Compares a function of scalars and vecs with one of long double.
template <class T, int W, class Function, class Exact>
accuracy<T> measure(const std::vector<T>& arguments, Function function, Exact exact) {
    using V = simd::vec<T, W>;
    accuracy<T> found;
    constexpr auto step = static_cast<std::size_t>(W);
    for (std::size_t i = 0; i + step <= arguments.size(); i += step) {
        T lanes[step];
        simd::store(lanes, function(simd::load<V>(arguments.data() + i)));
        for (std::size_t j = 0; j < step; ++j) {
            const T x = arguments[i + j];
            const T scalar = function(x);
            if (__builtin_memcmp(&scalar, &lanes[j], sizeof(T)) != 0 && (scalar == scalar || lanes[j] == lanes[j]))
                ++found.lanes_unlike_scalar;
            const double ulp = ulp_distance(lanes[j], exact(static_cast<long double>(x)));
            if (ulp > found.ulp) {
                found.ulp = ulp;
                found.at = x;
            }
        }
    }
    return found;
}

/// The claim of every elementary function: close to long double, and lanes are as scalars.
template <class T, class Function, class Exact>
void check_accuracy(double bound, Function function, Exact exact) {
    const auto found = measure<T, simd::native_lanes<T>>(sweep<T>(), function, exact);
    BOOST_TEST(found.ulp <= bound, found.ulp << " ulp at " << found.at);
    BOOST_TEST(found.lanes_unlike_scalar == 0U);
}

} // namespace ctgrad::test

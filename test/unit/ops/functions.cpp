// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/ops/more.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>

// What loops make of the elementary functions and their slopes is what the interpreter says, in all lanes.

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr int size = 19; // no whole number of vectors

template <class T>
constexpr auto x = ct::placeholder<"x", T, size>;
template <class T>
constexpr auto y = ct::placeholder<"y", T, size>;

template <class T, class E>
void check(E formula) {
    std::array<T, size> of_x{}, of_y{};
    for (std::size_t i = 0; i < size; ++i) {
        of_x[i] = static_cast<T>(0.05 + 0.05 * static_cast<double>(i));
        of_y[i] = static_cast<T>(1.7 - 0.19 * static_cast<double>(i));
    }
    constexpr auto slope = ct::gradient(ct::reduce_sum(formula), x<T>)[x<T>];
    ct::function f{formula, slope};
    const auto [value, gradient] = f(x<T> = of_x, y<T> = of_y);
    const ct::value_list values = ct::evaluate(formula, x<T> = of_x, y<T> = of_y);
    const ct::value_list slopes = ct::evaluate(slope, x<T> = of_x, y<T> = of_y);
    const double epsilon = sizeof(T) == 4 ? 1e-6 : 1e-15;
    for (int i = 0; i < size; ++i) {
        BOOST_TEST(std::fabs(static_cast<double>(value.data()[i]) - values[i]) <= 4 * epsilon * std::fmax(1, std::fabs(values[i])));
        BOOST_TEST(std::fabs(static_cast<double>(gradient.data()[i]) - slopes[i]) <= 8 * epsilon * std::fmax(1, std::fabs(slopes[i])));
    }
}

template <class T>
constexpr auto arcs = ct::asin(x<T> * 0.9_c) + ct::acos(x<T> * 0.8_c) * ct::atan(x<T>) - ct::atan2(y<T>, x<T>) + ct::tan(x<T>);
template <class T>
constexpr auto hyperbolic = ct::sinh(x<T>) * ct::cosh(y<T>) + ct::asinh(x<T>) - ct::acosh(x<T> + 1_c) / (1.5_c + ct::atanh(x<T> * 0.9_c));
template <class T>
constexpr auto others =
    ct::exp2(x<T>) - ct::log2(x<T>) + ct::log10(x<T>) * ct::cbrt(x<T>) + ct::hypot(x<T>, y<T>) + ct::mod(x<T>, 0.33_c) +
    ct::divide_no_nan(x<T>, ct::floor(y<T>)) + ct::squared_difference(x<T>, ct::round(y<T>)) + x<T> * ct::trunc(y<T>) * ct::ceil(y<T>);

} // namespace

BOOST_AUTO_TEST_SUITE(ops)

BOOST_AUTO_TEST_CASE(loops_of_functions_are_as_the_interpreter) {
    check<float>(arcs<float>);
    check<double>(hyperbolic<double>);
    check<float>(hyperbolic<float>);
    check<double>(others<double>);
    check<double>(ct::lgamma(x<double> * 4_c) + ct::digamma(x<double>) * ct::lgamma(y<double> * 0.9_c));
}

BOOST_AUTO_TEST_CASE(remainders_of_whole_numbers_have_the_sign_of_the_divisor) {
    constexpr auto a = ct::placeholder<"a", std::int32_t, size>;
    std::array<std::int32_t, size> data{};
    for (int i = 0; i < size; ++i) data[static_cast<std::size_t>(i)] = 100'000'007 * (i - 9);
    ct::function f{ct::mod(a, 7_c), ct::mod(a, -7_c), ct::mod(a, 0_c)};
    const auto [positive, negative, none] = f(a = data);
    for (int i = 0; i < size; ++i) {
        const int n = data[static_cast<std::size_t>(i)], rest = (n % 7 + 7) % 7;
        BOOST_TEST(positive.data()[i] == rest);
        BOOST_TEST(negative.data()[i] == (rest == 0 ? 0 : rest - 7));
        BOOST_TEST(none.data()[i] == 0);
    }
}

BOOST_AUTO_TEST_SUITE_END()

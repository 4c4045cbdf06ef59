// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <vector>

/// @file How many digits values and slopes of functions have, in the loops that are generated for them.

namespace ctgrad::test {

/// What double knows exactly enough: a value and a slope.
struct value_and_slope {
    long double value, slope;
};

/// Numbers of both signs from the smallest to the largest, some more of moderate size, 0.
template <class T>
std::vector<T> numbers_of_any_size() {
    std::vector<T> all{T{0}, -T{0}};
    using limits = std::numeric_limits<T>;
    for (int exponent = limits::min_exponent - limits::digits; exponent < limits::max_exponent; ++exponent)
        for (const T part : {T(1), T(1.37), T(1.81)})
            for (const T sign : {T(1), T(-1)}) all.push_back(sign * std::ldexp(part, exponent));
    for (int i = -4000; i <= 4000; ++i) all.push_back(static_cast<T>(i) / T(93));
    return all;
}

/// The largest error of `got` relative to `right`, beyond `floor` in absolute size.
template <class T>
struct worst_error {
    long double floor;
    long double found = 0;
    T at = 0;

    void look(T x, T got, long double right) {
        if (static_cast<T>(right) == got) return;
        const long double error = std::fabs(static_cast<long double>(got) - right), size = std::fmax(std::fabs(right), floor);
        const long double units = error / size / std::numeric_limits<T>::epsilon();
        if (units <= found) return;
        found = std::isnan(units) ? std::numeric_limits<long double>::infinity() : units;
        at = x;
    }
};

/// Checks f(x) of an expression against `exact(x)`, in units of epsilon.
/// @param slope_floor errors of the slope are relative to at least that: where the slope is a difference, that of its terms.
template <class T, class F, class Exact>
void check_digits(F f, Exact exact, double value_units, double slope_units, double slope_floor = 0) {
    constexpr auto x = placeholder<"x", T, dim<"N">>;
    constexpr auto y = F{}(x);
    constexpr auto dy = gradient(reduce_sum(y), x)[x];
    const std::vector<T> arguments = numbers_of_any_size<T>();
    std::vector<T> values(arguments.size()), slopes(arguments.size());
    const function computed{y, dy};
    computed(x = arguments, y = values, dy = slopes);
    constexpr long double normal = std::numeric_limits<T>::min() * 1024;
    worst_error<T> value{normal}, slope{std::fmax(normal, static_cast<long double>(slope_floor))};
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const value_and_slope right = exact(static_cast<long double>(arguments[i]));
        value.look(arguments[i], values[i], right.value);
        slope.look(arguments[i], slopes[i], right.slope);
    }
    BOOST_TEST(value.found <= value_units, "value: " << value.found << " units at " << value.at);
    BOOST_TEST(slope.found <= slope_units, "slope: " << slope.found << " units at " << slope.at);
    (void)f;
}

template <class F, class Exact>
void check_digits_in_both(F f, Exact exact, double value_units, double slope_units, double slope_floor = 0) {
    check_digits<float>(f, exact, value_units, slope_units, slope_floor);
    check_digits<double>(f, exact, value_units, slope_units, slope_floor);
}

} // namespace ctgrad::test

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <string>
#include <vector>

/// @file What a function of ops must fulfil: the numbers that are known, loops as the interpreter, slopes as differences.

namespace ctgrad::test {

using numbers = std::vector<double>;

inline numbers all_of(const auto& values) {
    if constexpr (requires { values.size(); })
        return numbers(values.begin(), values.end());
    else
        return {static_cast<double>(values)};
}

inline void check_near(const numbers& found, const numbers& expected, double tolerance, const char* what) {
    BOOST_TEST_REQUIRE(found.size() == expected.size(), what);
    for (std::size_t i = 0; i < found.size(); ++i)
        BOOST_TEST(std::fabs(found[i] - expected[i]) <= tolerance * std::fmax(1, std::fabs(expected[i])),
                   what << ", element " << i << ": " << found[i] << " instead of " << expected[i]);
}

/// `of` has these values, computed by loops too.
template <class E, class... B>
void check_values(E of, const numbers& expected, const B&... bound) {
    check_near(all_of(evaluate(of, bound...)), expected, 1e-14, "interpreter");
    function f{of};
    check_near(all_of(f(bound...)), expected, 1e-14, "loop");
}

/// So it has, and the slopes of a weighted sum of squares of them with respect to `leaf`, fed `at`, are central differences.
template <class E, class Leaf, std::size_t Size, class... B>
void check_slopes(E of, const numbers& expected, Leaf leaf, const std::array<double, Size>& at, const B&... bound) {
    check_values(of, expected, leaf = at, bound...);
    constexpr auto loss = reduce_sum(of * sin(of * literal<detail::number_bits(0.7)>{}));
    constexpr auto slope = gradient(loss, leaf)[leaf];
    numbers differences(Size);
    std::array<double, Size> moved = at;
    for (std::size_t i = 0; i < Size; ++i) {
        const double h = 1e-5;
        moved[i] = at[i] + h;
        const double above = evaluate(loss, leaf = moved, bound...)[0];
        moved[i] = at[i] - h;
        differences[i] = (above - evaluate(loss, leaf = moved, bound...)[0]) / (2 * h);
        moved[i] = at[i];
    }
    check_near(all_of(evaluate(slope, leaf = at, bound...)), differences, 1e-6, "slope in the interpreter");
    function f{slope};
    check_near(all_of(f(leaf = at, bound...)), differences, 1e-6, "slope in a loop");
}

} // namespace ctgrad::test

// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file Compares an expression and its gradients with a case of conformance/layers/golden_layers.hpp.

#include <ctgrad/ctgrad.hpp>

#include "../../conformance/layers/golden_layers.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace golden {

namespace ct = ctgrad;

/// What golden_layers.py calls `numbers`.
inline std::vector<double> numbers(std::size_t seed, std::size_t count) {
    std::vector<double> made(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double at = static_cast<double>(i);
        made[i] = std::sin(0.37 * static_cast<double>(seed) + 0.71 * at + 0.013 * at * at);
    }
    return made;
}

inline void check_close(const std::vector<double>& found, const std::vector<double>& expected) {
    BOOST_TEST_REQUIRE(found.size() == expected.size());
    double worst = 0;
    for (std::size_t i = 0; i < found.size(); ++i)
        worst = std::max(worst, std::isnan(found[i]) ? 1 : std::abs(found[i] - expected[i]) / (1 + std::abs(expected[i])));
    BOOST_TEST(worst < 1e-12);
}

/// Of two examples of three steps those that count: MASK of golden_layers.py where it is above 0.
constexpr auto steps = ct::placeholder<"steps", double, 2, 3>;
inline const std::vector<double> steps_that_count{1, 1, 0, 0, 1, 1};

template <class Y, std::size_t... K>
constexpr auto weights_like(std::index_sequence<K...>) {
    return ct::placeholder<"weights", double, Y::shape()[static_cast<int>(K)]...>;
}

/// `y` and its gradients to `leaf...`, which are given `numbers(1)`, `numbers(2)`...
template <class Y, class... Leaf>
void check(const std::vector<std::vector<double>>& expected, Y y, Leaf...) {
    constexpr auto w = weights_like<Y>(std::make_index_sequence<static_cast<std::size_t>(Y::rank)>());
    constexpr auto g = ct::gradient(ct::reduce_sum(y * w), Leaf{}...);
    BOOST_TEST_REQUIRE(expected.size() == 1 + sizeof...(Leaf));
    std::vector<std::vector<double>> given, found = expected;
    for (std::size_t i = 1; i < expected.size(); ++i) given.push_back(numbers(i, expected[i].size()));
    const std::vector<double> weights = numbers(99, expected[0].size());
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        ct::function f{y, g[Leaf{}]...};
        f(ct::if_used(steps = steps_that_count), w = weights, (Leaf{} = given[I])..., y = found[0], (g[Leaf{}] = found[I + 1])...);
    }(std::index_sequence_for<Leaf...>());
    for (std::size_t i = 0; i < expected.size(); ++i) check_close(found[i], expected[i]);
}

} // namespace golden

// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file Leaves, data, and what holds for the value and the derivatives of a scan over them.

#include <ctgrad/expr.hpp>
#include <ctgrad/nn.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/runtime.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace scans {

constexpr auto T = ct::dim<"T">;
constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, T, N, 3>;
constexpr auto h0 = ct::placeholder<"h0", double, N, 2>;
constexpr auto W = ct::variable<"W", double, 3, 2>;
constexpr auto U = ct::variable<"U", double, 2, 2>;
constexpr auto b = ct::variable<"b", double, 2>;
constexpr auto s = ct::placeholder<"s", double, 5>;
constexpr auto a = ct::variable<"a", double>;
constexpr auto c = ct::variable<"c", double>;

/// Numbers for all leaves, by a formula that repeats nothing.
struct numbers {
    std::vector<double> of[8];

    explicit numbers(std::size_t steps = 4, std::size_t rows = 3) {
        const std::size_t counts[] = {steps * rows * 3, rows * 2, 6, 4, 2, 5, 1, 1};
        double at = 0.3;
        for (int i = 0; i < 8; ++i)
            for (std::size_t k = 0; k < counts[i]; ++k) of[i].push_back(std::sin(at += 1.7) * 0.8);
    }
    template <class Call>
    auto give(Call call) {
        return call(x = of[0], h0 = of[1], W = of[2], U = of[3], b = of[4], s = of[5], a = of[6][0], c = of[7][0]);
    }
    template <class E>
    std::vector<double> interpreted(E e) {
        const ct::value_list found = give([&](auto... given) { return ct::evaluate(e, given...); });
        return {found.begin(), found.end()};
    }
    template <class F>
    std::vector<double> computed(const F& f) {
        return give([&](auto... given) {
            const auto found = f(ct::if_used(given)...);
            if constexpr (std::is_arithmetic_v<decltype(found)>)
                return std::vector<double>{found};
            else
                return std::vector<double>(found.data(), found.data() + found.size());
        });
    }
};

inline void check_close(const std::vector<double>& found, const std::vector<double>& expected, double tolerance) {
    BOOST_TEST_REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) BOOST_TEST(std::abs(found[i] - expected[i]) <= tolerance * (1 + std::abs(expected[i])));
}

/// Differences of `values(data)` in one of the numbers of leaf `leaf`.
template <class Values>
std::vector<double> slope(numbers at, int leaf, std::size_t i, Values values) {
    const double h = 1e-5, here = at.of[leaf][i];
    at.of[leaf][i] = here + h;
    std::vector<double> up = values(at);
    at.of[leaf][i] = here - h;
    const std::vector<double> down = values(at);
    for (std::size_t k = 0; k < up.size(); ++k) up[k] = (up[k] - down[k]) / (2 * h);
    return up;
}

/// The generated code of `e` computes what the interpreter does.
template <class E>
void check_value(E e, numbers at) {
    check_close(at.computed(ct::function{e}), at.interpreted(e), 1e-13);
}

/// So do its gradients to the leaf, and these are its slopes.
template <int Leaf, class Loss, class V>
void check_slope(Loss loss, V, numbers at = numbers()) {
    constexpr auto g = ct::gradient(Loss{}, V{})[V{}];
    const std::vector<double> first = at.computed(ct::function{g});
    check_close(first, at.interpreted(g), 1e-13);
    for (std::size_t i = 0; i < first.size(); ++i)
        BOOST_TEST(std::abs(first[i] - slope(at, Leaf, i, [&](numbers& d) { return d.interpreted(loss); })[0]) <
                   1e-7 * (1 + std::abs(first[i])));
}

/// The same, and those of the sum of the squares of gradients; forward mode agrees.
template <int Leaf, class Loss, class V>
void check_gradient(Loss loss, V, numbers at = numbers()) {
    constexpr auto g = ct::gradient(Loss{}, V{})[V{}];
    constexpr auto square = ct::reduce_sum(ct::square(g));
    constexpr auto second = ct::gradient(square, V{}, ct::unconnected = ct::zeros)[V{}];
    const ct::function f{loss};
    const ct::function fg{g};
    const ct::function fsquare{square};
    const ct::function fsecond{second};
    check_close(at.computed(f), at.interpreted(loss), 1e-13);
    const std::vector<double> first = at.computed(fg), of_square = at.computed(fsecond);
    check_close(first, at.interpreted(g), 1e-13);
    check_close(of_square, at.interpreted(second), 1e-13);
    for (std::size_t i = 0; i < first.size(); ++i) {
        BOOST_TEST(std::abs(first[i] - slope(at, Leaf, i, [&](numbers& d) { return d.computed(f); })[0]) < 1e-7 * (1 + std::abs(first[i])));
        BOOST_TEST(std::abs(of_square[i] - slope(at, Leaf, i, [&](numbers& d) { return d.computed(fsquare); })[0]) <
                   1e-6 * (1 + std::abs(of_square[i])));
    }
    // Forward mode agrees, along the gradient itself.
    constexpr auto along = ct::jvp(Loss{}, V{} = ct::stop_gradient(g));
    check_close(at.computed(ct::function{along}), at.computed(fsquare), 1e-10);
}

} // namespace scans

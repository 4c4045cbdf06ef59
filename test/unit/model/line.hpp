// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>

#include <cstddef>
#include <vector>

/// A line with a slope and a start, and points near one.
namespace line {

namespace ct = ctgrad;
using namespace ct::literals;

inline constexpr auto N = ct::dim<"N">;
inline constexpr auto x = ct::placeholder<"x", float, N, 2>;
inline constexpr auto y = ct::placeholder<"y", float, N, 1>;
inline constexpr auto slope = ct::variable<"slope", float, 2, 1>;
inline constexpr auto start = ct::variable<"start", float, 1>;

struct model {
    constexpr auto operator()(auto in) const { return ct::matmul(in, slope) + start; }
};
struct squared_error {
    constexpr auto operator()(auto truth, auto prediction) const { return ct::reduce_mean(ct::square(truth - prediction), ct::axis<1>); }
};

struct points {
    std::vector<float> X, Y;
    explicit points(std::size_t n) : X(2 * n), Y(n) {
        for (std::size_t i = 0; i < X.size(); ++i) X[i] = static_cast<float>(i * 7919 % 13) / 13;
        for (std::size_t i = 0; i < n; ++i) Y[i] = X[2 * i] - 2 * X[2 * i + 1] + static_cast<float>(i % 3) / 10;
    }
};

} // namespace line

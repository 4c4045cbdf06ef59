// SPDX-License-Identifier: BSL-1.0

// Gaussian-process regression: 24 measurements of a curve, a kernel whose scales are learned by the likelihood, and the curve with its
// uncertainty between the measurements. The program of docs/how_to/linear_algebra.md.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/linalg.hpp>

#include <array>
#include <cmath>
#include <cstdio>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr int n = 24, asked = 5;
constexpr auto x = ct::placeholder<"x", double, n>;
constexpr auto y = ct::placeholder<"y", double, n>;
constexpr auto at = ct::placeholder<"at", double, asked>;

// What is learned, as logarithms: all three are positive.
constexpr auto log_height = ct::variable<"log_height", double>;
constexpr auto log_length = ct::variable<"log_length", double>;
constexpr auto log_noise = ct::variable<"log_noise", double>;

/// How much the curve at each point of `a` has to do with the curve at each of `b`.
template <int Rows, int Columns>
constexpr auto covariance(auto a, auto b) {
    const auto rows = ct::broadcast_to(ct::expand_dims(a, ct::axis<1>), ct::dims<Rows, Columns>);
    const auto distance = ct::exp(-log_length) * (rows - b);
    return ct::exp(2_c * log_height - 0.5_c * ct::square(distance));
}

constexpr auto noise = ct::exp(2_c * log_noise);
constexpr auto k = covariance<n, n>(x, x) + ct::diag(ct::broadcast_to(noise, ct::dims<n>));
constexpr auto weights = ct::solve(k, y);
constexpr auto loss = 0.5_c * (ct::vecdot(y, weights) + ct::slogdet(k).log_abs_det);
constexpr auto l = ct::cholesky(k);
constexpr auto across = covariance<n, asked>(x, at);
constexpr auto mean = ct::matvec(ct::transpose(across), ct::cholesky_solve(l, y));
constexpr auto explained = ct::square(ct::triangular_solve(l, across));
constexpr auto deviation = ct::sqrt(ct::exp(2_c * log_height) - ct::reduce_sum(explained, ct::axis<0>));

} // namespace

int main() {
    std::array<double, n> points{}, values{};
    for (std::size_t i = 0; i < n; ++i) {
        points[i] = static_cast<double>(i) / 4 - (i % 3 == 0 ? 0.1 : 0.0);
        const double scattered = static_cast<double>(i * i * 7 % 13) / 6 - 1; // a made-up disturbance between -1 and 1
        values[i] = std::sin(2 * points[i]) + 0.15 * scattered;
    }
    ct::trainer train{ct::minimize(loss, ct::adam(0.05_c)), log_noise = ct::fill(-1)};
    for (int step = 0; step <= 200; ++step) {
        const double value = train(x = points, y = values);
        if (step % 50 == 0) std::printf("step %3d: loss %8.4f\n", step, value);
    }
    std::printf("height %.2f, length %.2f, noise %.3f\n", std::exp(train[log_height][0]), std::exp(train[log_length][0]),
                std::exp(train[log_noise][0]));

    const std::array<double, asked> between{0.6, 2.1, 3.3, 4.4, 7.0};
    const ct::function predict{mean, deviation};
    const auto [curve, spread] = predict(train.parameters(), x = points, y = values, at = between);
    for (std::size_t i = 0; i < asked; ++i)
        std::printf("at %.1f: %6.3f +- %.3f, the curve is %6.3f\n", between[i], curve.data()[i], spread.data()[i],
                    std::sin(2 * between[i]));
}

// SPDX-License-Identifier: BSL-1.0

// A network that solves an equation instead of fitting data: an oscillator, u'' + u = 0 with u(0) = 1 and u'(0) = 0. The start is built
// into its form; the loss is how far it is from the equation, with the second derivative by the input, and Adam takes the gradient of that.
#include <ctgrad/ctgrad.hpp>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto t = ct::placeholder<"t", double, N, 1>;
constexpr auto W = ct::variable<"W", double, 1, 16>;
constexpr auto b = ct::variable<"b", double, 16>;
constexpr auto V = ct::variable<"V", double, 16, 1>;

constexpr auto u = 1_c + ct::square(t) * ct::matmul(ct::tanh(ct::matmul(t, W) + b), V);
constexpr auto speed = ct::jvp(u, t = 1_c);            // du/dt at each time: forward mode along t
constexpr auto acceleration = ct::jvp(speed, t = 1_c); // and once more
constexpr auto loss = ct::reduce_mean(ct::square(acceleration + u));

int main() {
    std::vector<double> times(48), first(16), second(16), third(16);
    for (std::size_t i = 0; i < times.size(); ++i) times[i] = 3.2 * static_cast<double>(i) / 47;
    for (std::size_t i = 0; i < 16; ++i) {
        first[i] = 1.5 * std::sin(3.0 * static_cast<double>(i) + 1);
        second[i] = std::cos(5.0 * static_cast<double>(i));
        third[i] = 0.3 * std::sin(7.0 * static_cast<double>(i));
    }
    ct::trainer train{ct::minimize(loss, ct::adam(0.01_c)), W = first, b = second, V = third};
    double value = 0;
    for (int step = 0; step < 6000; ++step) value = train(t = times);
    std::printf("the equation holds to %s\n", value < 1e-3 ? "0.03" : "more");
    const auto found = ct::function{u}(t = times, W = train[W], b = train[b], V = train[V]);
    double worst = 0;
    for (std::size_t i = 0; i < times.size(); ++i) worst = std::max(worst, std::abs(found.data()[i] - std::cos(times[i])));
    std::printf("its solution, the cosine, is met to %s\n", worst < 0.01 ? "0.01" : "more");
    std::printf("u(0) = %.1f\n", found.data()[0]);
}

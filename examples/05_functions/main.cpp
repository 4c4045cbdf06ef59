// SPDX-License-Identifier: BSL-1.0

// A function is an expression compiled into loops. Several results come from one pass over the data, gradients among them.

#include <ctgrad/ctgrad.hpp>

#include <cstdio>
#include <span>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto a = ct::scalar<"a", float>; // a number that a call gives
constexpr auto c = ct::scalar<"c", float>;

constexpr auto errors = a * x + c - y;
constexpr auto loss = ct::reduce_mean(ct::square(errors));
constexpr auto gradients = ct::gradient(loss, a, c);

int main() {
    const std::vector<float> inputs{1, 2, 3, 4}, targets{2, 4.1f, 5.9f, 8};

    // A number comes back as a number.
    const ct::function f{loss};
    std::printf("loss at 1, 0: %.4f\n", static_cast<double>(f(x = inputs, y = targets, a = 1.0f, c = 0.0f)));

    // Several results come as a tuple; what they share is computed once.
    const ct::function g{loss, gradients[a], gradients[c], errors};
    const auto [value, da, dc, each] = g(x = inputs, y = targets, a = 2.0f, c = 0.0f);
    std::printf("loss at 2, 0: %.4f, slopes %.4f and %.4f\n", static_cast<double>(value), static_cast<double>(da), static_cast<double>(dc));
    for (const float error : each) std::printf("error %.2f\n", static_cast<double>(error));

    // N is learnt from the data of each call. Data that contradict each other are refused.
    try {
        f(x = inputs, y = std::vector{2.0f, 4.1f}, a = 1.0f, c = 0.0f);
    } catch (const ct::error& problem) {
        std::puts(problem.what());
    }

    // bind checks once. What it gives back never throws and never allocates. It reads the data when it is called.
    float slope = 1;
    const std::span changing{&slope, 1};
    auto bound = f.bind(x = inputs, y = targets, a = changing, c = 0.0f);
    for (; slope < 2.5f; slope += 0.5f) std::printf("a = %.1f: loss %.4f\n", static_cast<double>(slope), static_cast<double>(bound()));
}

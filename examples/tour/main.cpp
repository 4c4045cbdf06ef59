// SPDX-License-Identifier: BSL-1.0

// The program of docs/tour.md: one step of logistic regression, printed at each stage on its way to a loop.

#include <ctgrad/ctgrad.hpp>

#include <cstdio>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
constexpr auto y = ct::placeholder<"y", float, N>; // -1 or 1
constexpr auto a = ct::variable<"a", float>;
constexpr auto c = ct::variable<"c", float>;

constexpr auto loss = ct::reduce_mean(ct::softplus(-y * (a * x + c)));

constexpr auto gradients = ct::gradient(loss, a, c);
constexpr auto step = ct::minimize(loss, ct::gradient_descent(0.1_c));

int main() {
    std::printf("expression\n%s", to_string(loss).c_str());
    std::printf("gradient\n%s", to_string(gradients[c]).c_str());
    std::printf("plan\n%s", ct::explain(step).c_str());

    const std::vector<float> inputs{-2, -1, 1, 2}, labels{-1, -1, 1, 1};
    ct::trainer train{step};
    std::printf("run\n");
    for (int i = 0; i < 3; ++i) std::printf("loss %.6f\n", static_cast<double>(train(x = inputs, y = labels)));
}

// SPDX-License-Identifier: BSL-1.0

// What a program does and costs, known before it runs: a classifier of two layers, in words and as a drawing.
//   explain        prints the plan
//   explain dot    prints the drawing: explain dot | dot -Tsvg > plan.svg

#include <ctgrad/ctgrad.hpp>

#include <cstdio>
#include <string_view>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 20>;
constexpr auto y = ct::placeholder<"y", float, N, 5>;
constexpr auto W1 = ct::variable<"W1", float, 20, 10>;
constexpr auto W2 = ct::variable<"W2", float, 10, 5>;

constexpr auto loss = ct::reduce_mean(ct::square(ct::matmul(ct::tanh(ct::matmul(x, W1)), W2) - y));
constexpr auto training = ct::minimize(loss, ct::gradient_descent(0.1_c));

// Figures are constants: a change that makes the program dearer does not compile.
static_assert(ct::figures(training, N = 100).workspace_bytes < 20'000);
static_assert(ct::figures(training, N = 100).kept_values == 1); // the middle layer, for the backward pass

int main(int argc, char** argv) {
    const bool drawn = argc > 1 && std::string_view(argv[1]) == "dot";
    std::fputs((drawn ? ct::to_dot(training) : ct::explain(training)).c_str(), stdout);
}

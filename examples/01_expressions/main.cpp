// SPDX-License-Identifier: BSL-1.0

// A formula is an expression: names and shapes, no data. The compiler knows it, and can say it and compute it.

#include <ctgrad/ctgrad.hpp>

#include <array>
#include <cstdio>
#include <type_traits>

namespace ct = ctgrad;
using namespace ct::literals;

// Leaves have a name, a type and a shape. N is the number of examples, which only a call knows.
constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 2>; // data
constexpr auto w = ct::variable<"w", float, 2>;       // what training changes
constexpr auto b = ct::variable<"b", float>;

// Operators and functions give expressions. A number is written 1_c or 0.5_c: it is part of the type.
constexpr auto score = ct::reduce_sum(x * w, ct::axis<1>) + b;
constexpr auto probability = 1_c / (1_c + ct::exp(-score));

// Shapes are known while compiling: one score for each example.
static_assert(score.shape() == ct::shape(N));

// What is written twice exists once: these two are one expression, of one type.
static_assert(std::is_same_v<decltype((x + 1_c) * 2_c), decltype((x + 1_c) * 2_c)>);

// evaluate takes data and computes the numbers, also while compiling.
constexpr std::array<float, 4> data{1, 2, 3, -4};
constexpr std::array<float, 2> weights{0.5f, 1};
static_assert(ct::evaluate(score, x = data, w = weights, b = 0.5f)[0] == 3.0); // 1 * 0.5 + 2 * 1 + 0.5

int main() {
    std::puts(to_string(probability).c_str());
    for (const double p : ct::evaluate(probability, x = data, w = weights, b = 0.5f)) std::printf("probability %.4f\n", p);
}

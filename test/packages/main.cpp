// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/ctgrad.hpp>

#include <array>
#include <iostream>

namespace ct = ctgrad;
using namespace ct::literals;

// y = 2 x, found by two steps of gradient descent from w = 0.
constexpr auto x = ct::placeholder<"x", float, 4>;
constexpr auto y = ct::placeholder<"y", float, 4>;
constexpr auto w = ct::variable<"w", float>;
constexpr auto loss = ct::reduce_mean(ct::square(w * x - y));

int main() {
    const std::array<float, 4> inputs{-1, 1, -1, 1};
    const std::array<float, 4> outputs{-2, 2, -2, 2};
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.25_c))};
    for (int step = 0; step < 2; ++step) std::cout << "loss " << float(train(x = inputs, y = outputs)) << '\n';
}

// SPDX-License-Identifier: BSL-1.0

// The training step of W3, as a user writes it.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto loss = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y, ct::logits = ct::matmul(x, W) + b));

float run(std::span<const float> images, std::span<const float> classes) {
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.5_c))};
    float value = 0;
    for (int step = 0; step < 1000; ++step) value = train(x = images, y = classes);
    return value;
}

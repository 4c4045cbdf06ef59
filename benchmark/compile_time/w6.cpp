// SPDX-License-Identifier: BSL-1.0

// The training step of W6, as a user writes it.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto W1 = ct::variable<"W1", float, 784, 128>;
constexpr auto b1 = ct::variable<"b1", float, 128>;
constexpr auto W2 = ct::variable<"W2", float, 128, 10>;
constexpr auto b2 = ct::variable<"b2", float, 10>;
constexpr auto logits = ct::matmul(ct::relu(ct::matmul(x, W1) + b1), W2) + b2;
constexpr auto loss = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y, ct::logits = logits));

float run(std::span<const float> images, std::span<const float> classes) {
    ct::trainer train{ct::minimize(loss, ct::adam(0.001_c))};
    float value = 0;
    for (int step = 0; step < 1000; ++step) value = train(x = images, y = classes);
    return value;
}

// SPDX-License-Identifier: BSL-1.0

// Linear regression with a mean squared error of our own, as in a TensorFlow gradient-tape loop.

#include <ctgrad/ctgrad.hpp>

#include <array>
#include <cstdio>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto mean_squared_error = [](auto y_true, auto y_pred) { return ct::reduce_mean(ct::square(y_pred - y_true)); };

constexpr auto x = ct::placeholder<"x", float, 4, 1>;
constexpr auto y = ct::placeholder<"y", float, 4, 1>;
constexpr auto W = ct::variable<"W", float, 1, 1>;

constexpr auto loss = mean_squared_error(y, ct::matmul(x, W));
constexpr auto gradients = ct::gradient(loss, W); // an expression of its own, ready to be looked at or changed
constexpr auto optimizer = ct::gradient_descent(0.01_c);

int main() {
    const std::array inputs{1.0f, 2.0f, 3.0f, 4.0f};
    const std::array targets{2.0f, 4.0f, 5.9f, 8.1f};
    ct::trainer train{ct::apply_gradients(optimizer, gradients, loss), W = std::array{0.5f}};
    for (int epoch = 0; epoch < 100; ++epoch) {
        const float loss_value = train(x = inputs, y = targets);
        if (epoch % 20 == 0)
            std::printf("Epoch %d: Loss = %.7g, W = [[%.7g]]\n", epoch, static_cast<double>(loss_value), static_cast<double>(train[W][0]));
    }
}

// SPDX-License-Identifier: BSL-1.0

// A line fitted with a Huber loss written by hand: quadratic for small errors, linear for large ones.

#include <ctgrad/ctgrad.hpp>

#include <array>
#include <cstdio>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto huber_loss = [](auto y_true, auto y_pred, auto delta) {
    const auto error = y_pred - y_true;
    const auto abs_error = ct::abs(error);
    const auto squared_loss = 0.5_c * ct::square(error);
    const auto linear_loss = delta * (abs_error - 0.5_c * delta);
    return ct::reduce_mean(ct::where(abs_error <= delta, squared_loss, linear_loss));
};

constexpr auto x = ct::placeholder<"x", float, 4, 1>;
constexpr auto y = ct::placeholder<"y", float, 4, 1>;
constexpr auto W = ct::variable<"W", float, 1, 1>;
constexpr auto b = ct::variable<"b", float, 1, 1>;

constexpr auto loss = huber_loss(y, ct::matmul(x, W) + b, 1.0_c);

int main() {
    const std::array inputs{1.0f, 2.0f, 3.0f, 4.0f};
    const std::array targets{2.0f, 4.1f, 5.8f, 8.2f};
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.01_c)), W = ct::fill(0.1), b = ct::fill(0.1)};
    for (int epoch = 0; epoch < 100; ++epoch) {
        const float loss_value = train(x = inputs, y = targets);
        if (epoch % 20 == 0)
            std::printf("Epoch %d: Loss = %.7g, W = [[%.7g]], b = [[%.7g]]\n", epoch, static_cast<double>(loss_value),
                        static_cast<double>(train[W][0]), static_cast<double>(train[b][0]));
    }
}

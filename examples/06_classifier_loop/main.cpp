// SPDX-License-Identifier: BSL-1.0
// A classifier of two layers in a loop of one's own: loss, gradients, and what the optimizer makes of them.
#include "../made_up.hpp"

#include <ctgrad/ctgrad.hpp>

#include <cstdio>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto X = ct::placeholder<"X", float, N, 20>;
constexpr auto Y = ct::placeholder<"Y", float, N, 5>;

constexpr auto model = ct::sequential(ct::input<20>, ct::dense<10>(ct::relu), ct::dense<5>(ct::softmax));
constexpr auto loss_function = ct::categorical_crossentropy();
constexpr auto optimizer = ct::adam(0.01_c);

constexpr auto y_pred = model(X);
constexpr auto loss = loss_function(Y, y_pred);
constexpr auto gradients = ct::gradient(loss, ct::variables_of(y_pred));

int main() {
    const auto inputs = made_up::uniform(100 * 20, 0, 1, 1);
    const auto targets = made_up::one_hot(100, 5, 2);

    ct::trainer train{ct::apply_gradients(optimizer, gradients, loss)};
    train.set(model.initial_values(1));
    for (int epoch = 0; epoch < 100; ++epoch) {
        const float value = train(X = inputs, Y = targets);
        if (epoch % 20 == 0) std::printf("Epoch %d: Loss = %.6f\n", epoch, static_cast<double>(value));
    }
}

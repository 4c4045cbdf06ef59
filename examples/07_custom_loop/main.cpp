// SPDX-License-Identifier: BSL-1.0
// A training loop of one's own, without and with clipped gradients. Each gradient belongs to its variable by type:
// they cannot be paired wrongly, and there is no tape to reset.
#include "../made_up.hpp"

#include <ctgrad/ctgrad.hpp>

#include <cstdio>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 4>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;

constexpr auto model = ct::sequential(ct::input<4>, ct::dense<10>());
constexpr auto optimizer = ct::adam(0.01_c);
constexpr auto loss = ct::mean_squared_error()(y, model(x));
constexpr auto gradients = ct::gradient(loss, ct::variables_of(loss));
constexpr auto clipped_gradients = ct::map(gradients, [](auto gradient) { return ct::clip_by_norm(gradient, 1_c); });

void run(auto step) {
    const auto inputs = made_up::uniform(32 * 4, -1, 1, 1), targets = made_up::uniform(32 * 10, -20, 20, 2);
    ct::trainer train{step};
    train.set(model.initial_values(1));
    for (int epoch = 0; epoch < 10; ++epoch) {
        const float value = train(x = inputs, y = targets);
        std::printf("Epoch %d, Loss: %.5f\n", epoch + 1, static_cast<double>(value));
    }
}

int main() {
    run(ct::apply_gradients(optimizer, gradients, loss));
    std::puts("with clipping");
    run(ct::apply_gradients(optimizer, clipped_gradients, loss));
}

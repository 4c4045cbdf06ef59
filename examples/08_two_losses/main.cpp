// SPDX-License-Identifier: BSL-1.0
// Two models with a loss each, trained together: one program, the variables of both in one step.
#include "../made_up.hpp"

#include <ctgrad/ctgrad.hpp>

#include <cstdio>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 4>;
constexpr auto truths1 = ct::placeholder<"truths1", float, N, 1>;
constexpr auto truths2 = ct::placeholder<"truths2", float, N, 3>;

constexpr auto model1 = ct::sequential(ct::input<4>, ct::dense<8>(ct::tanh), ct::dense<1>(), ct::name<"model1">);
constexpr auto model2 = ct::sequential(ct::input<4>, ct::dense<3>(ct::softmax), ct::name<"model2">);

constexpr auto loss1 = ct::huber()(truths1, model1(x));
constexpr auto loss2 = ct::categorical_crossentropy()(truths2, model2(x));
constexpr auto total_loss = loss1 + loss2;
constexpr auto gradients = ct::gradient(total_loss, ct::variables_of(model1(x), model2(x)));

int main() {
    const auto inputs = made_up::uniform(32 * 4, -1, 1, 1), targets1 = made_up::uniform(32, -1, 1, 2);
    const auto targets2 = made_up::one_hot(32, 3, 3);

    ct::trainer train{ct::apply_gradients(ct::adam(0.01_c), gradients, total_loss, loss1, loss2)};
    train.set(model1.initial_values(1));
    train.set(model2.initial_values(2));
    for (int epoch = 0; epoch < 10; ++epoch) {
        const auto [total, first, second] = train(x = inputs, truths1 = targets1, truths2 = targets2);
        std::printf("Epoch %d, Total Loss: %.6f\n", epoch + 1, static_cast<double>(total));
    }
}

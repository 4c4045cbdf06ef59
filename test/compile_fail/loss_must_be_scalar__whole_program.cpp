// expect: loss_must_be_scalar
// shows: [N]
// SPDX-License-Identifier: BSL-1.0
// Whatever is done with what the mistake gives, trained, called, printed, counted, taken apart: it stays one error.
#include <ctgrad/ctgrad.hpp>

#include <iostream>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 2>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 2>;
constexpr auto z = ct::reduce_sum(x * w, ct::axis<1>);
constexpr auto losses = ct::sigmoid_cross_entropy_with_logits(ct::labels = y, ct::logits = z);

int main() {
    std::vector<float> points(10), classes(5);
#ifdef FIXED
    ct::trainer train{ct::minimize(ct::reduce_mean(losses), ct::gradient_descent(1_c)), w = ct::glorot_uniform{}};
#else
    ct::trainer train{ct::minimize(losses, ct::gradient_descent(1_c)), w = ct::glorot_uniform{}}; // wrong
#endif
    const float loss = train(x = points, y = classes);
    std::cout << loss << train(x = points, y = classes) << '\n';
    std::cout << ct::explain(train) << ct::to_dot(train) << ct::figures(train, N = 5).flops;
    for (float each : train[w]) std::cout << each;
    const ct::function predict{z, losses};
    auto [logits, each_loss] = predict(x = points, y = classes, train.parameters());
    std::cout << logits[0] << each_loss[0];
}

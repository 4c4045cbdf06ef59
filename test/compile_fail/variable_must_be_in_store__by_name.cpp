// expect: variable_must_be_in_store
// shows: no variable
// SPDX-License-Identifier: BSL-1.0
// A variable is asked for by itself.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y_ = ct::placeholder<"y_", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto logits = ct::matmul(x, W) + b;
constexpr auto loss = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y_, ct::logits = logits));

int main() {
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.1_c))};
#ifdef FIXED
    (void)train[W];
#else
    (void)train["W"]; // wrong
#endif
}

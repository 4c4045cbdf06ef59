// expect: gradient_must_be_of_a_leaf
// shows: gradient
// shows: "number"
// SPDX-License-Identifier: BSL-1.0
// Variables are not counted.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y_ = ct::placeholder<"y_", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto logits = ct::matmul(x, W) + b;
constexpr auto loss = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y_, ct::logits = logits));
#ifdef FIXED
constexpr auto grads = ct::gradient(loss, W);
#else
constexpr auto grads = ct::gradient(loss, 1); // wrong
#endif

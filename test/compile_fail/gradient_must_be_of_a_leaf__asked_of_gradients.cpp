// expect: gradient_must_be_of_a_leaf
// shows: gradients[]
// shows: [N,10]
// SPDX-License-Identifier: BSL-1.0
// A gradient is found by its variable.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y_ = ct::placeholder<"y_", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto logits = ct::matmul(x, W) + b;
constexpr auto loss = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y_, ct::logits = logits));
constexpr auto grads = ct::gradient(loss, W);
#ifdef FIXED
constexpr auto dW = grads[W];
#else
constexpr auto dW = grads[logits]; // wrong
#endif

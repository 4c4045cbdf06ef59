// expect: hyperparameter_must_be_one_number
// shows: gradient_descent
// shows: rate = float32[10]
// SPDX-License-Identifier: BSL-1.0
// A rate for each class.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y_ = ct::placeholder<"y_", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto logits = ct::matmul(x, W) + b;
constexpr auto loss = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y_, ct::logits = logits));
constexpr auto rate = ct::scalar<"rate", float>;
constexpr auto rates = ct::placeholder<"rates", float, 10>;
#ifdef FIXED
constexpr auto step = ct::minimize(loss, ct::gradient_descent(rate));
#else
constexpr auto step = ct::minimize(loss, ct::gradient_descent(rates)); // wrong
#endif

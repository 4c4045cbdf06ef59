// expect: number_must_be_a_literal
// shows: gradient_descent
// shows: "rate"
// SPDX-License-Identifier: BSL-1.0
// A rate without suffix.
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
#ifdef FIXED
constexpr auto step = ct::minimize(loss, ct::gradient_descent(0.5_c));
#else
constexpr auto step = ct::minimize(loss, ct::gradient_descent(0.5)); // wrong
#endif

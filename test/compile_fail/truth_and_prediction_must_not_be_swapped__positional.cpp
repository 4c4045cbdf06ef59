// expect: truth_and_prediction_must_not_be_swapped
// shows: softmax_cross_entropy
// shows: "W"
// SPDX-License-Identifier: BSL-1.0
// The order of arguments of another library.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y_ = ct::placeholder<"y_", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto logits = ct::matmul(x, W) + b;
#ifdef FIXED
constexpr auto losses = ct::softmax_cross_entropy_with_logits(y_, logits);
#else
constexpr auto losses = ct::softmax_cross_entropy_with_logits(logits, y_); // wrong
#endif

// expect: logits_must_have_no_activation
// shows: sigmoid_cross_entropy
// shows: "sigmoid"
// SPDX-License-Identifier: BSL-1.0
// A sigmoid in the model and one in the loss.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y_ = ct::placeholder<"y_", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto logits = ct::matmul(x, W) + b;
constexpr auto y = ct::sigmoid(logits);
#ifdef FIXED
constexpr auto losses = ct::sigmoid_cross_entropy_with_logits(ct::labels = y_, ct::logits = logits);
#else
constexpr auto losses = ct::sigmoid_cross_entropy_with_logits(ct::labels = y_, ct::logits = y); // wrong
#endif

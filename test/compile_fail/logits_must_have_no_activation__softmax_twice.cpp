// expect: logits_must_have_no_activation
// shows: "softmax"
// SPDX-License-Identifier: BSL-1.0
// A softmax of a softmax.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y_ = ct::placeholder<"y_", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto logits = ct::matmul(x, W) + b;
constexpr auto y = ct::softmax(logits);
#ifdef FIXED
constexpr auto p = y;
#else
constexpr auto p = ct::softmax(y); // wrong
#endif

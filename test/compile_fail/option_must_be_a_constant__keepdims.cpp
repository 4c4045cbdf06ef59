// expect: option_must_be_a_constant
// shows: reduce_max
// shows: ([N,10], ?, bool)
// SPDX-License-Identifier: BSL-1.0
// Dimensions kept by a bool.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y_ = ct::placeholder<"y_", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto logits = ct::matmul(x, W) + b;
#ifdef FIXED
constexpr auto largest = ct::reduce_max(logits, ct::axis<1>, ct::keepdims);
#else
constexpr auto largest = ct::reduce_max(logits, ct::axis<1>, true); // wrong
#endif

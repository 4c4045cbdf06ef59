// expect: option_must_be_a_constant
// shows: reduce_sum
// shows: ([N,10], number)
// SPDX-License-Identifier: BSL-1.0
// An axis as a number.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y_ = ct::placeholder<"y_", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto logits = ct::matmul(x, W) + b;
#ifdef FIXED
constexpr auto sums = ct::reduce_sum(logits, ct::axis<1>);
#else
constexpr auto sums = ct::reduce_sum(logits, 1); // wrong
#endif

// expect: shapes_must_broadcast
// shows: [N,10]
// shows: [20]
// shows: add
// SPDX-License-Identifier: BSL-1.0
// The bias of another layer.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto c = ct::variable<"c", float, 20>;
#ifdef FIXED
constexpr auto logits = ct::matmul(x, W) + b;
#else
constexpr auto logits = ct::matmul(x, W) + c; // wrong
#endif

// expect: matmul_inner_dimensions_must_match
// shows: [784,10]
// shows: [N,784]
// shows: matmul
// SPDX-License-Identifier: BSL-1.0
// The operands the wrong way round.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
#ifdef FIXED
constexpr auto logits = ct::matmul(x, W);
#else
constexpr auto logits = ct::matmul(W, x); // wrong
#endif

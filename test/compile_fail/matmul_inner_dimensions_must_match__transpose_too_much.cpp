// expect: matmul_inner_dimensions_must_match
// shows: matmul transpose_b
// shows: [784,10]
// SPDX-License-Identifier: BSL-1.0
// A transposition too much.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
#ifdef FIXED
constexpr auto logits = ct::matmul(x, W);
#else
constexpr auto logits = ct::matmul(x, W, ct::transpose_b); // wrong
#endif

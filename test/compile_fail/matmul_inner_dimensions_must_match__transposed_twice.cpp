// expect: matmul_inner_dimensions_must_match
// shows: [10,784]
// shows: [N,784]
// shows: matmul
// SPDX-License-Identifier: BSL-1.0
// The weights are stored the other way round.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto V = ct::variable<"V", float, 10, 784>;
#ifdef FIXED
constexpr auto logits = ct::matmul(x, V, ct::transpose_b);
#else
constexpr auto logits = ct::matmul(x, V); // wrong
#endif

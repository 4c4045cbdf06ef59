// expect: matmul_operands_must_be_matrices
// shows: [N,3]
// shows: [3]
// shows: matmul
// SPDX-License-Identifier: BSL-1.0
// A vector of weights.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
#ifdef FIXED
constexpr auto prediction = ct::matmul(x, ct::expand_dims(w, ct::axis<1>));
#else
constexpr auto prediction = ct::matmul(x, w); // wrong
#endif

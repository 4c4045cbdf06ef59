// expect: matrices_must_be_square
// shows: trace
// shows: [N,3]
// SPDX-License-Identifier: BSL-1.0
// The trace of rows.
#include <ctgrad/linalg.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto a = ct::placeholder<"a", double, N, 3>;
#ifdef FIXED
constexpr auto t = ct::trace(ct::matmul(a, a, ct::transpose_a));
#else
constexpr auto t = ct::trace(a); // wrong
#endif

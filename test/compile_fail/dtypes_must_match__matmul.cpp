// expect: dtypes_must_match
// shows: float32[N,3]
// shows: float64[3,4]
// shows: matmul
// SPDX-License-Identifier: BSL-1.0
// float times double.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto w = ct::variable<"w", double, 3, 4>;
#ifdef FIXED
constexpr auto y = ct::matmul(x, ct::cast<float>(w));
#else
constexpr auto y = ct::matmul(x, w); // wrong
#endif

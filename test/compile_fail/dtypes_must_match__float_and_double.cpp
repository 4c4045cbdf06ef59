// expect: dtypes_must_match
// shows: float32[N,3]
// shows: float64[3]
// shows: multiply
// SPDX-License-Identifier: BSL-1.0
// float times double.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto w = ct::variable<"w", double, 3>;
#ifdef FIXED
constexpr auto y = x * ct::cast<float>(w);
#else
constexpr auto y = x * w; // wrong
#endif

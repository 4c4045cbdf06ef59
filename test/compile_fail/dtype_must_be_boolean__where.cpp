// expect: dtype_must_be_boolean
// shows: float32[N]
// shows: where
// SPDX-License-Identifier: BSL-1.0
// A number is no condition.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
#ifdef FIXED
constexpr auto y = ct::where(x > 0_c, x, 0_c);
#else
constexpr auto y = ct::where(x, x, 0_c); // wrong
#endif

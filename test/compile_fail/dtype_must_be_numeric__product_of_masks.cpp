// expect: dtype_must_be_numeric
// shows: bool[N]
// shows: multiply
// SPDX-License-Identifier: BSL-1.0
// Both at once is &&.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
#ifdef FIXED
constexpr auto inside = x > 0_c && x < 1_c;
#else
constexpr auto inside = (x > 0_c) * (x < 1_c); // wrong
#endif

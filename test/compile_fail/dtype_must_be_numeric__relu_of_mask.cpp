// expect: dtype_must_be_numeric
// shows: bool[N]
// shows: relu
// SPDX-License-Identifier: BSL-1.0
// The activation of a comparison.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
#ifdef FIXED
constexpr auto y = ct::relu(x);
#else
constexpr auto y = ct::relu(x > 0_c); // wrong
#endif

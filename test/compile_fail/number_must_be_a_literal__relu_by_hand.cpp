// expect: number_must_be_a_literal
// shows: maximum
// shows: int
// SPDX-License-Identifier: BSL-1.0
// A bare zero.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
#ifdef FIXED
constexpr auto y = ct::maximum(x, 0_c);
#else
constexpr auto y = ct::maximum(x, 0); // wrong
#endif

// expect: dtype_must_be_boolean
// shows: float32[N]
// shows: logical_and
// SPDX-License-Identifier: BSL-1.0
// A number is no condition.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
constexpr auto valid = ct::placeholder<"valid", float, N>;
#ifdef FIXED
constexpr auto chosen = x > 0_c && valid > 0_c;
#else
constexpr auto chosen = x > 0_c && valid; // wrong
#endif

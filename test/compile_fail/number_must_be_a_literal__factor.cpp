// expect: number_must_be_a_literal
// shows: multiply
// shows: double
// shows: 0.5_c
// SPDX-License-Identifier: BSL-1.0
// A bare number.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
#ifdef FIXED
constexpr auto half = 0.5_c * x;
#else
constexpr auto half = 0.5 * x; // wrong
#endif

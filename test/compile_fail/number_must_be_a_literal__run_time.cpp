// expect: number_must_be_a_literal
// shows: multiply
// shows: float
// shows: scalar<
// SPDX-License-Identifier: BSL-1.0
// A number that is known only at run time.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
constexpr auto rate = ct::scalar<"rate", float>;
[[maybe_unused]] float measured = 0.3F;
#ifdef FIXED
auto scaled = rate * x;
#else
auto scaled = measured * x; // wrong
#endif

// expect: number_must_be_a_literal
// shows: clip_by_value
// SPDX-License-Identifier: BSL-1.0
// Bounds as bare numbers.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
#ifdef FIXED
constexpr auto y = ct::clip_by_value(x, 0_c, 1_c);
#else
constexpr auto y = ct::clip_by_value(x, 0.0, 1.0); // wrong
#endif

// expect: option_must_be_a_constant
// shows: "[]"
// shows: ([3], number)
// SPDX-License-Identifier: BSL-1.0
// A subscript as a number.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto q = ct::variable<"q", double, 3>;
#ifdef FIXED
constexpr auto last = q[ct::at<2>];
#else
constexpr auto last = q[2]; // wrong
#endif

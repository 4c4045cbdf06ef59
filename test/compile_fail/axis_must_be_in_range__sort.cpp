// expect: axis_must_be_in_range
// shows: sort axis<2>
// shows: [N,3]
// SPDX-License-Identifier: BSL-1.0
// Two axes, counted from one.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
#ifdef FIXED
constexpr auto sorted = ct::sort(x, ct::axis<1>);
#else
constexpr auto sorted = ct::sort(x, ct::axis<2>); // wrong
#endif

// expect: axes_must_be_distinct
// shows: reduce_sum axis<1,-1>
// shows: [N,3]
// SPDX-License-Identifier: BSL-1.0
// Axis 1 and the last axis are the same.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
#ifdef FIXED
constexpr auto total = ct::reduce_sum(x, ct::axis<0, 1>);
#else
constexpr auto total = ct::reduce_sum(x, ct::axis<1, -1>); // wrong
#endif

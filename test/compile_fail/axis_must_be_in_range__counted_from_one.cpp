// expect: axis_must_be_in_range
// shows: reduce_sum axis<2>
// shows: [N,3]
// SPDX-License-Identifier: BSL-1.0
// Axes count from 0.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
#ifdef FIXED
constexpr auto prediction = ct::reduce_sum(x * w, ct::axis<1>);
#else
constexpr auto prediction = ct::reduce_sum(x * w, ct::axis<2>); // wrong
#endif

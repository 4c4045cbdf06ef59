// expect: axis_must_be_in_range
// shows: expand_dims axis<3>
// shows: [N]
// SPDX-License-Identifier: BSL-1.0
// A new axis far behind the last.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
#ifdef FIXED
constexpr auto column = ct::expand_dims(y, ct::axis<1>);
#else
constexpr auto column = ct::expand_dims(y, ct::axis<3>); // wrong
#endif

// expect: shapes_must_broadcast
// shows: broadcast_to [N,10]
// shows: [N,5]
// SPDX-License-Identifier: BSL-1.0
// Five columns cannot fill ten.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 5>;
constexpr auto column = ct::placeholder<"column", float, N, 1>;
#ifdef FIXED
constexpr auto y = ct::broadcast_to(column, ct::dims<N, 10>);
#else
constexpr auto y = ct::broadcast_to(x, ct::dims<N, 10>); // wrong
#endif

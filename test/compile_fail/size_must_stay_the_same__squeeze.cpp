// expect: size_must_stay_the_same
// shows: squeeze axis<1>
// shows: [N,10]
// SPDX-License-Identifier: BSL-1.0
// Ten columns are not one.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 10>;
constexpr auto column = ct::placeholder<"column", float, N, 1>;
#ifdef FIXED
constexpr auto y = ct::squeeze(column, ct::axis<1>);
#else
constexpr auto y = ct::squeeze(x, ct::axis<1>); // wrong
#endif

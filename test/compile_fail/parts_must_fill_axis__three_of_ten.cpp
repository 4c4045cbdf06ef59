// expect: parts_must_fill_axis
// shows: split axis<1>
// shows: [N,10]
// SPDX-License-Identifier: BSL-1.0
// Ten columns are no three equal parts.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 10>;
#ifdef FIXED
constexpr auto columns = ct::split(x, ct::parts<4, 3, 3>, ct::axis<1>);
#else
constexpr auto columns = ct::split(x, ct::parts<3>, ct::axis<1>); // wrong
#endif

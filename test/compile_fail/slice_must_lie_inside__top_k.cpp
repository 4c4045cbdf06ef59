// expect: slice_must_lie_inside
// shows: top_k num<5>
// shows: [N,3]
// SPDX-License-Identifier: BSL-1.0
// More than a row has.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
#ifdef FIXED
constexpr auto best = ct::top_k(x, ct::num<3>);
#else
constexpr auto best = ct::top_k(x, ct::num<5>); // wrong
#endif

// expect: slice_must_lie_inside
// shows: slice begin<0,0> size<5,-1>
// shows: [N,10]
// SPDX-License-Identifier: BSL-1.0
// How many rows there are is not known.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 10>;
#ifdef FIXED
constexpr auto part = ct::slice(x, ct::begin<0, 0>, ct::size<-1, 5>);
#else
constexpr auto part = ct::slice(x, ct::begin<0, 0>, ct::size<5, -1>); // wrong
#endif

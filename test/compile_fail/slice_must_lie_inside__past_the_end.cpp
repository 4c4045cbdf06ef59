// expect: slice_must_lie_inside
// shows: slice begin<0,8> size<-1,3>
// shows: [N,10]
// SPDX-License-Identifier: BSL-1.0
// Columns 8, 9 and 10 of ten.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 10>;
#ifdef FIXED
constexpr auto last = ct::slice(x, ct::begin<0, 7>, ct::size<-1, 3>);
#else
constexpr auto last = ct::slice(x, ct::begin<0, 8>, ct::size<-1, 3>); // wrong
#endif

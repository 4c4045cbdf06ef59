// expect: rank_must_fit
// shows: slice begin<2> size<3>
// shows: [N,10]
// SPDX-License-Identifier: BSL-1.0
// A slice says something of every axis.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 10>;
#ifdef FIXED
constexpr auto part = ct::slice(x, ct::begin<0, 2>, ct::size<-1, 3>);
#else
constexpr auto part = ct::slice(x, ct::begin<2>, ct::size<3>); // wrong
#endif

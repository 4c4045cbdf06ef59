// expect: broadcast_must_expand_one_side
// shows: [M,1]
// shows: [1,N]
// shows: add
// SPDX-License-Identifier: BSL-1.0
// Every pair: said outright, or not at all.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;
constexpr auto a = ct::placeholder<"a", float, M, 1>;
constexpr auto b = ct::placeholder<"b", float, 1, N>;
#ifdef FIXED
constexpr auto sums = ct::broadcast_to(a, ct::dims<M, N>) + b;
#else
constexpr auto sums = a + b; // wrong
#endif

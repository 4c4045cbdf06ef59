// expect: dimension_must_be_static
// shows: concat axis<0>
// shows: [N,3]
// shows: [M,3]
// SPDX-License-Identifier: BSL-1.0
// The sum of two run-time sizes has no name.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;
constexpr auto a = ct::placeholder<"a", float, N, 3>;
constexpr auto b = ct::placeholder<"b", float, M, 3>;
constexpr auto c = ct::placeholder<"c", float, N, 4>;
#ifdef FIXED
constexpr auto joined = ct::concat(ct::axis<1>, a, c);
#else
constexpr auto joined = ct::concat(ct::axis<0>, a, b); // wrong
#endif

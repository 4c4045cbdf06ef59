// expect: extents_must_match_outside_axis
// shows: concat axis<1>
// shows: [N,3]
// shows: [M,4]
// SPDX-License-Identifier: BSL-1.0
// Columns of two different batches.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;
constexpr auto a = ct::placeholder<"a", float, N, 3>;
constexpr auto b = ct::placeholder<"b", float, M, 4>;
constexpr auto c = ct::placeholder<"c", float, N, 4>;
#ifdef FIXED
constexpr auto joined = ct::concat(ct::axis<1>, a, c);
#else
constexpr auto joined = ct::concat(ct::axis<1>, a, b); // wrong
#endif

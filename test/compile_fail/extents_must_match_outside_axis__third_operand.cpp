// expect: extents_must_match_outside_axis
// shows: concat axis<1>
// shows: [5,6]
// SPDX-License-Identifier: BSL-1.0
// The third does not fit.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto a = ct::placeholder<"a", float, 4, 3>;
constexpr auto b = ct::placeholder<"b", float, 4, 4>;
constexpr auto c = ct::placeholder<"c", float, 5, 6>;
#ifdef FIXED
constexpr auto joined = ct::concat(ct::axis<1>, a, b, b);
#else
constexpr auto joined = ct::concat(ct::axis<1>, a, b, c); // wrong
#endif

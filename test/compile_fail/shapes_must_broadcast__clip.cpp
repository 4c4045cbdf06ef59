// expect: shapes_must_broadcast
// shows: clip_by_value
// shows: [3]
// shows: [N,2]
// SPDX-License-Identifier: BSL-1.0
// Three bounds for two columns.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 2>;
constexpr auto low = ct::placeholder<"low", float, 3>;
#ifdef FIXED
constexpr auto y = ct::clip_by_value(x, 0_c, 1_c);
#else
constexpr auto y = ct::clip_by_value(x, low, 1_c); // wrong
#endif

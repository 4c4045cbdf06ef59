// expect: axis_must_be_in_range
// shows: reduce_mean axis<1>
// shows: [N]
// SPDX-License-Identifier: BSL-1.0
// A vector has one axis.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
#ifdef FIXED
constexpr auto mean = ct::reduce_mean(y);
#else
constexpr auto mean = ct::reduce_mean(y, ct::axis<1>); // wrong
#endif

// expect: axis_must_be_in_range
// shows: argmax axis<1>
// shows: [N]
// SPDX-License-Identifier: BSL-1.0
// The labels instead of the logits.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
#ifdef FIXED
constexpr auto best = ct::argmax(x, ct::axis<1>);
#else
constexpr auto best = ct::argmax(y, ct::axis<1>); // wrong
#endif

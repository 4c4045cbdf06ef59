// expect: axis_must_be_in_range
// shows: reduce_logsumexp axis<-3>
// shows: [N,3]
// SPDX-License-Identifier: BSL-1.0
// Too far from the end.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
#ifdef FIXED
constexpr auto z = ct::reduce_logsumexp(x, ct::axis<-1>);
#else
constexpr auto z = ct::reduce_logsumexp(x, ct::axis<-3>); // wrong
#endif

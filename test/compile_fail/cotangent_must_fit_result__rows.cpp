// expect: cotangent_must_fit_result
// shows: vjp
// shows: float32[N]
// shows: float32[N,3]
// SPDX-License-Identifier: BSL-1.0
// What is given has the shape of the data, not of the result.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto prediction = ct::reduce_sum(x * w, ct::axis<1>);
constexpr auto u = ct::placeholder<"u", float, N>;
#ifdef FIXED
constexpr auto back = ct::vjp(prediction, u, w);
#else
constexpr auto back = ct::vjp(prediction, x, w); // wrong
#endif

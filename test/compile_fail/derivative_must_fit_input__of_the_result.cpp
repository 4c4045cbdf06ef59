// expect: derivative_must_fit_input
// shows: float32[N,3]
// shows: float32[N]
// SPDX-License-Identifier: BSL-1.0
// What reaches the result has the shape of the result, not yet that of the input.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto value = [](auto rows) { return ct::reduce_sum(ct::abs(rows), ct::axis<1>); };
#ifdef FIXED
constexpr auto size =
    ct::custom_gradient(value, [](auto dy, auto, auto rows) { return ct::expand_dims(dy, ct::axis<1>) * ct::tanh(rows); });
constexpr auto sizes = size(x);
#else
constexpr auto size = ct::custom_gradient(value, [](auto dy, auto, auto) { return dy; });
constexpr auto sizes = size(x); // wrong
#endif

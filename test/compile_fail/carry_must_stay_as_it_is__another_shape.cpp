// expect: carry_must_stay_as_it_is
// shows: float32[N,4]
// shows: float32[N,3]
// SPDX-License-Identifier: BSL-1.0
// The state is as wide as what it is made of, and not as what came in.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, 10, N, 3>;
constexpr auto h = ct::placeholder<"h", float, N, 4>;
#ifdef FIXED
constexpr auto W = ct::variable<"W", float, 3, 4>;
#else
constexpr auto W = ct::variable<"W", float, 3, 3>;
#endif
constexpr auto last = ct::fold([](auto, auto xt) { return ct::tanh(ct::matmul(xt, W)); }, h, x); // wrong

// expect: value_must_fit_its_leaf
// shows: substitute
// shows: x float32[N,3]
// shows: float64[N,3]
// SPDX-License-Identifier: BSL-1.0
// Data in double for a leaf in float.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto precise = ct::placeholder<"precise", double, N, 3>;
constexpr auto prediction = ct::reduce_sum(x * w, ct::axis<1>);
#ifdef FIXED
constexpr auto f = ct::substitute(prediction, x = ct::cast<float>(precise));
#else
constexpr auto f = ct::substitute(prediction, x = precise); // wrong
#endif

// expect: value_must_name_its_leaf
// shows: substitute
// shows: [3]
// SPDX-License-Identifier: BSL-1.0
// The value is given, but not for which leaf.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto loss = ct::reduce_mean(ct::square(ct::reduce_sum(x * w, ct::axis<1>) - y));
constexpr auto slope = ct::gradient(loss, w)[w];
#ifdef FIXED
constexpr auto next = ct::substitute(loss, w = w - 0.1_c * slope);
#else
constexpr auto next = ct::substitute(loss, w - 0.1_c * slope); // wrong
#endif

// expect: leaf_must_be_named_once
// shows: substitute
// shows: w
// SPDX-License-Identifier: BSL-1.0
// Two values for one leaf.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto prediction = ct::reduce_sum(x * w, ct::axis<1>);
#ifdef FIXED
constexpr auto f = ct::substitute(prediction, w = 2_c * w, x = 1_c - x);
#else
constexpr auto f = ct::substitute(prediction, w = 2_c * w, w = 1_c - w); // wrong
#endif

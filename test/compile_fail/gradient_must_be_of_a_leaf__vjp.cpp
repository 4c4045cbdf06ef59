// expect: gradient_must_be_of_a_leaf
// shows: vjp
// shows: [N,3]
// SPDX-License-Identifier: BSL-1.0
// With respect to something computed.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto scores = x * w;
constexpr auto prediction = ct::reduce_sum(scores, ct::axis<1>);
#ifdef FIXED
constexpr auto back = ct::vjp(prediction, 1_c, x, w);
#else
constexpr auto back = ct::vjp(prediction, 1_c, scores); // wrong
#endif

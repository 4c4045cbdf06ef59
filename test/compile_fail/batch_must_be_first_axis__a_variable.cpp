// expect: batch_must_be_first_axis
// shows: batch_jacobian
// shows: [N]
// shows: [3]
// SPDX-License-Identifier: BSL-1.0
// A variable has no examples.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto prediction = ct::reduce_sum(x * w, ct::axis<1>);
#ifdef FIXED
constexpr auto slopes = ct::jacobian(prediction, w)[w];
#else
constexpr auto slopes = ct::batch_jacobian(prediction, w)[w]; // wrong
#endif

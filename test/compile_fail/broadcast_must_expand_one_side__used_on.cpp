// expect: broadcast_must_expand_one_side
// shows: [N]
// shows: [N,1]
// SPDX-License-Identifier: BSL-1.0
// One mistake is one error, whatever is done with its result.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto x = ct::placeholder<"x", float, N, 4>;
constexpr auto w = ct::variable<"w", float, 4, 1>;
constexpr auto prediction = ct::matmul(x, w);
#ifdef FIXED
constexpr auto error = ct::squeeze(prediction, ct::axis<1>) - y;
#else
constexpr auto error = prediction - y; // wrong
#endif
constexpr auto loss = ct::reduce_mean(ct::clip_by_value(0.5_c * ct::square(error), 0_c, 9_c));
constexpr auto grads = ct::gradient(loss, w);
constexpr auto step = w - 0.1_c * grads[w];

// expect: broadcast_must_expand_one_side
// shows: [N]
// shows: [N,1]
// shows: subtract
// SPDX-License-Identifier: BSL-1.0
// TensorFlow makes this an [N,N] loss without a word.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto x = ct::placeholder<"x", float, N, 4>;
constexpr auto w = ct::variable<"w", float, 4, 1>;
constexpr auto prediction = ct::matmul(x, w);
#ifdef FIXED
constexpr auto loss = ct::reduce_mean(ct::square(ct::squeeze(prediction, ct::axis<1>) - y));
#else
constexpr auto loss = ct::reduce_mean(ct::square(prediction - y)); // wrong
#endif

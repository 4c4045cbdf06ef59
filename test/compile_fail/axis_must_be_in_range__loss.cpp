// expect: axis_must_be_in_range
// shows: cosine_similarity axis<2>
// shows: [N,10]
// SPDX-License-Identifier: BSL-1.0
// Axes are counted from 0.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto scores = ct::matmul(x, W);
#ifdef FIXED
constexpr auto losses = ct::cosine_similarity(y, scores, ct::axis<1>);
#else
constexpr auto losses = ct::cosine_similarity(y, scores, ct::axis<2>); // wrong
#endif

// expect: truth_and_prediction_must_not_be_swapped
// shows: mean_squared_error
// shows: "W"
// SPDX-License-Identifier: BSL-1.0
// A loss takes the truth first.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto scores = ct::matmul(x, W);
#ifdef FIXED
constexpr auto loss = ct::mean_squared_error()(y, scores);
#else
constexpr auto loss = ct::mean_squared_error()(scores, y); // wrong
#endif

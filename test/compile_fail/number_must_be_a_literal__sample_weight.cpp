// expect: number_must_be_a_literal
// shows: mean_squared_error
// shows: double
// SPDX-License-Identifier: BSL-1.0
// A weight for all examples.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto scores = ct::matmul(x, W);
#ifdef FIXED
constexpr auto loss = ct::mean_squared_error()(y, scores, ct::sample_weight = 0.5_c);
#else
constexpr auto loss = ct::mean_squared_error()(y, scores, ct::sample_weight = 0.5); // wrong
#endif

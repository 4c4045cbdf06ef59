// expect: loss_must_be_scalar
// shows: minimize
// shows: [N]
// SPDX-License-Identifier: BSL-1.0
// A loss for each example cannot be minimized.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto scores = ct::matmul(x, W);
#ifdef FIXED
constexpr auto step = ct::minimize(ct::huber()(y, scores), ct::gradient_descent(0.5_c));
#else
constexpr auto step = ct::minimize(ct::huber(ct::reduction = ct::none)(y, scores), ct::gradient_descent(0.5_c)); // wrong
#endif

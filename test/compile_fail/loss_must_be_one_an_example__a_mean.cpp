// expect: loss_must_be_one_an_example
// shows: per_example_gradient
// shows: []
// SPDX-License-Identifier: BSL-1.0
// Gradients of examples are asked of their mean.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N, 2>;
constexpr auto W = ct::variable<"W", float, 3, 2>;
constexpr auto losses = ct::mean_squared_error(y, ct::matmul(x, W));
#ifdef FIXED
constexpr auto grads = ct::per_example_gradient(losses, W);
#else
constexpr auto grads = ct::per_example_gradient(ct::reduce_mean(losses), W); // wrong
#endif

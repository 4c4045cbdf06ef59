// expect: loss_must_be_scalar
// shows: [10]
// SPDX-License-Identifier: BSL-1.0
// The mean over the examples leaves one number a class.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto error = ct::square(ct::matmul(x, W) - y);
#ifdef FIXED
constexpr auto grads = ct::gradient(ct::reduce_mean(error), W);
#else
constexpr auto grads = ct::gradient(ct::reduce_mean(error, ct::axis<0>), W); // wrong
#endif

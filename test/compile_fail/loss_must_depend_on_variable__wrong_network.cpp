// expect: loss_must_depend_on_variable
// shows: "W2"
// SPDX-License-Identifier: BSL-1.0
// The gradient of one network with respect to the variable of another.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto W2 = ct::variable<"W2", float, 784, 10>;
constexpr auto loss = ct::reduce_mean(ct::square(ct::matmul(x, W)));
#ifdef FIXED
constexpr auto grads = ct::gradient(loss, W);
#else
constexpr auto grads = ct::gradient(loss, W2); // wrong
#endif

// expect: loss_must_be_scalar
// shows: [N]
// shows: gradient
// SPDX-License-Identifier: BSL-1.0
// A squared error for each example is not yet a loss.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto prediction = ct::reduce_sum(x * w, ct::axis<1>);
constexpr auto loss = ct::square(prediction - y);
#ifdef FIXED
constexpr auto grads = ct::gradient(ct::reduce_mean(loss), w);
#else
constexpr auto grads = ct::gradient(loss, w); // wrong
#endif

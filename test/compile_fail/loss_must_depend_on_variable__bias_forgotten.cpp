// expect: loss_must_depend_on_variable
// shows: "b"
// SPDX-License-Identifier: BSL-1.0
// The bias never entered the prediction.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto b = ct::variable<"b", float>;
constexpr auto sum = ct::reduce_sum(x * w, ct::axis<1>);
#ifdef FIXED
constexpr auto prediction = sum + b;
#else
constexpr auto prediction = sum; // the bias is missing
#endif
constexpr auto loss = ct::reduce_mean(ct::square(prediction - y));
constexpr auto grads = ct::gradient(loss, w, b); // wrong

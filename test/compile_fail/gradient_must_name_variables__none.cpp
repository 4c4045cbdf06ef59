// expect: gradient_must_name_variables
// shows: gradient
// SPDX-License-Identifier: BSL-1.0
// With respect to nothing.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto prediction = ct::reduce_sum(x * w, ct::axis<1>);
constexpr auto loss = ct::reduce_mean(ct::square(prediction - y));
#ifdef FIXED
constexpr auto grads = ct::gradient(loss, w);
#else
constexpr auto grads = ct::gradient(loss); // wrong
#endif

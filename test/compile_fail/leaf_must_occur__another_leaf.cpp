// expect: leaf_must_occur
// shows: substitute
// shows: y
// SPDX-License-Identifier: BSL-1.0
// The leaf is one of the loss, not of the prediction.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto noise = ct::placeholder<"noise", float, N>;
constexpr auto prediction = ct::reduce_sum(x * w, ct::axis<1>);
constexpr auto loss = ct::reduce_mean(ct::square(prediction - y));
#ifdef FIXED
constexpr auto noisy = ct::substitute(loss, y = y + noise);
#else
constexpr auto noisy = ct::substitute(prediction, y = y + noise); // wrong
#endif

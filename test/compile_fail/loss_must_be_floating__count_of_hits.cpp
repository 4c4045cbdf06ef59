// expect: loss_must_be_floating
// shows: int32
// SPDX-License-Identifier: BSL-1.0
// A count is no loss.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto labels = ct::placeholder<"labels", std::int32_t, N>;
constexpr auto guess = ct::matmul(x, W);
constexpr auto hits = ct::cast<std::int32_t>(ct::argmax(guess, ct::axis<1>) >= labels);
#ifdef FIXED
constexpr auto grads = ct::gradient(ct::reduce_mean(guess), W);
#else
constexpr auto grads = ct::gradient(ct::reduce_sum(hits), W); // wrong
#endif

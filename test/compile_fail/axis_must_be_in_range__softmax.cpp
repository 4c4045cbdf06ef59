// expect: axis_must_be_in_range
// shows: softmax axis<2>
// shows: [N,10]
// SPDX-License-Identifier: BSL-1.0
// Axes count from 0.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto logits = ct::matmul(x, W);
constexpr auto truth = ct::placeholder<"truth", float, N, 10>;
constexpr auto classes = ct::placeholder<"classes", std::int32_t, N>;
#ifdef FIXED
constexpr auto p = ct::softmax(logits, ct::axis<1>);
#else
constexpr auto p = ct::softmax(logits, ct::axis<2>); // wrong
#endif

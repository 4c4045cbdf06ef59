// expect: arguments_must_be_steps
// shows: float32[]
// SPDX-License-Identifier: BSL-1.0
// Losses instead of steps.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N, 2>;
constexpr auto W = ct::variable<"W", float, 3, 2>;
constexpr auto b = ct::variable<"b", float, 2>;
constexpr auto loss = ct::reduce_mean(ct::square(ct::matmul(x, W) + b - y));
#ifdef FIXED
constexpr auto step = ct::together(ct::minimize(loss, ct::group(ct::adam(), W)), ct::minimize(loss, ct::group(ct::sgd(), b)));
#else
constexpr auto step = ct::together(loss, ct::minimize(loss, ct::group(ct::sgd(), b))); // wrong
#endif

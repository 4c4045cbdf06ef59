// expect: option_must_be_a_constant
// shows: one_hot
// shows: ([N], number)
// SPDX-License-Identifier: BSL-1.0
// A depth as a number.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y_ = ct::placeholder<"y_", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto logits = ct::matmul(x, W) + b;
constexpr auto classes = ct::placeholder<"classes", std::int32_t, N>;
#ifdef FIXED
constexpr auto truth = ct::one_hot<float>(classes, ct::depth<10>);
#else
constexpr auto truth = ct::one_hot<float>(classes, 10); // wrong
#endif

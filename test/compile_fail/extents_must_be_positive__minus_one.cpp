// expect: extents_must_be_positive
// shows: "images"
// shows: [-1,784]
// SPDX-License-Identifier: BSL-1.0
// A batch of any size, as elsewhere.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y_ = ct::placeholder<"y_", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto logits = ct::matmul(x, W) + b;
#ifdef FIXED
constexpr auto images = ct::placeholder<"images", float, N, 784>;
#else
constexpr auto images = ct::placeholder<"images", float, -1, 784>; // wrong
#endif

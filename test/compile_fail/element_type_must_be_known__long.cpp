// expect: element_type_must_be_known
// shows: "k"
// shows: size 8
// SPDX-License-Identifier: BSL-1.0
// Class numbers as long.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y_ = ct::placeholder<"y_", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto logits = ct::matmul(x, W) + b;
#ifdef FIXED
constexpr auto k = ct::placeholder<"k", std::int32_t, N>;
#else
constexpr auto k = ct::placeholder<"k", long, N>; // wrong
#endif

// expect: name_must_mean_one_leaf
// shows: "W"
// shows: variable float32[784,100]
// shows: variable float32[100,10]
// SPDX-License-Identifier: BSL-1.0
// Copied from the line above.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto W1 = ct::variable<"W", float, 784, 100>;
#ifdef FIXED
constexpr auto W2 = ct::variable<"W2", float, 100, 10>;
#else
constexpr auto W2 = ct::variable<"W", float, 100, 10>;
#endif
constexpr auto logits = ct::matmul(ct::matmul(x, W1), W2); // wrong

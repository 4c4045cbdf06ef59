// expect: dtype_must_be_floating
// shows: softmax
// shows: int32[N]
// SPDX-License-Identifier: BSL-1.0
// The labels instead of the logits.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto logits = ct::matmul(x, W);
constexpr auto truth = ct::placeholder<"truth", float, N, 10>;
constexpr auto classes = ct::placeholder<"classes", std::int32_t, N>;
#ifdef FIXED
constexpr auto p = ct::log_softmax(logits);
#else
constexpr auto p = ct::log_softmax(classes); // wrong
#endif

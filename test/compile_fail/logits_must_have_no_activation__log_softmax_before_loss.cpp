// expect: logits_must_have_no_activation
// shows: sparse_softmax_cross_entropy
// shows: "log_softmax"
// SPDX-License-Identifier: BSL-1.0
// The logarithms of probabilities are no logits either.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y_ = ct::placeholder<"y_", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto logits = ct::matmul(x, W) + b;
constexpr auto classes = ct::placeholder<"classes", std::int32_t, N>;
constexpr auto y = ct::log_softmax(logits);
#ifdef FIXED
constexpr auto losses = ct::sparse_softmax_cross_entropy_with_logits(ct::labels = classes, ct::logits = logits);
#else
constexpr auto losses = ct::sparse_softmax_cross_entropy_with_logits(ct::labels = classes, ct::logits = y); // wrong
#endif

// expect: labels_must_be_class_numbers
// shows: float32[N,10]
// shows: sparse_softmax_cross_entropy
// SPDX-License-Identifier: BSL-1.0
// Rows where class numbers are expected.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto logits = ct::matmul(x, W);
constexpr auto truth = ct::placeholder<"truth", float, N, 10>;
constexpr auto classes = ct::placeholder<"classes", std::int32_t, N>;
#ifdef FIXED
constexpr auto losses = ct::softmax_cross_entropy_with_logits(ct::labels = truth, ct::logits = logits);
#else
constexpr auto losses = ct::sparse_softmax_cross_entropy_with_logits(ct::labels = truth, ct::logits = logits); // wrong
#endif

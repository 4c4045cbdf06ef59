// expect: labels_must_have_rows_of_logits
// shows: [N,1]
// shows: [N,10]
// SPDX-License-Identifier: BSL-1.0
// A column of class numbers.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto logits = ct::matmul(x, W);
constexpr auto truth = ct::placeholder<"truth", float, N, 10>;
constexpr auto classes = ct::placeholder<"classes", std::int32_t, N>;
constexpr auto column = ct::placeholder<"column", std::int32_t, N, 1>;
#ifdef FIXED
constexpr auto losses = ct::sparse_softmax_cross_entropy_with_logits(ct::labels = ct::squeeze(column), ct::logits = logits);
#else
constexpr auto losses = ct::sparse_softmax_cross_entropy_with_logits(ct::labels = column, ct::logits = logits); // wrong
#endif

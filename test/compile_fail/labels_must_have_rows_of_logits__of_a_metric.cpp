// expect: labels_must_have_rows_of_logits
// shows: [M]
// shows: [N,10]
// shows: accuracy
// SPDX-License-Identifier: BSL-1.0
// Class numbers of another data set.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto prediction = ct::softmax(ct::matmul(x, W));
constexpr auto M = ct::dim<"M">;
constexpr auto others = ct::placeholder<"others", std::int32_t, M>;
constexpr auto classes = ct::placeholder<"classes", std::int32_t, N>;
constexpr auto hits = ct::accuracy();
#ifdef FIXED
constexpr auto totals = hits.totals(classes, prediction);
#else
constexpr auto totals = hits.totals(others, prediction); // wrong
#endif

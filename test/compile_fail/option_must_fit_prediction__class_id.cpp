// expect: option_must_fit_prediction
// shows: recall
// shows: class_id
// shows: [N,10]
// SPDX-License-Identifier: BSL-1.0
// Classes counted from 1.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto prediction = ct::softmax(ct::matmul(x, W));
constexpr auto rows = ct::placeholder<"rows", float, N, 10>;
#ifdef FIXED
constexpr auto totals = ct::recall(ct::class_id = 9_c).totals(rows, prediction);
#else
constexpr auto totals = ct::recall(ct::class_id = 10_c).totals(rows, prediction); // wrong
#endif

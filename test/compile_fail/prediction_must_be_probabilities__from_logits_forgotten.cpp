// expect: prediction_must_be_probabilities
// shows: categorical_crossentropy
// shows: float32[N,10]
// SPDX-License-Identifier: BSL-1.0
// Scores where probabilities are expected.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;
constexpr auto scores = ct::matmul(x, W) + b;
#ifdef FIXED
constexpr auto losses = ct::categorical_crossentropy(y, scores, ct::from_logits);
#else
constexpr auto losses = ct::categorical_crossentropy(y, scores); // wrong
#endif

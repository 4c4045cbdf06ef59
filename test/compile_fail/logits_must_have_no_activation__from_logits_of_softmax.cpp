// expect: logits_must_have_no_activation
// shows: categorical_crossentropy
// shows: "softmax"
// SPDX-License-Identifier: BSL-1.0
// The loss is told that these are logits, and the graph shows that they are not.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto scores = ct::matmul(x, W);
#ifdef FIXED
constexpr auto losses = ct::categorical_crossentropy(y, ct::softmax(scores));
#else
constexpr auto losses = ct::categorical_crossentropy(y, ct::softmax(scores), ct::from_logits); // wrong
#endif

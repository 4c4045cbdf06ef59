// expect: hyperparameter_must_be_in_range
// shows: binary_crossentropy
// shows: label_smoothing = 1.5
// shows: 0 or more, less than 1
// SPDX-License-Identifier: BSL-1.0
// Labels cannot be smoothed more than away.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto scores = ct::matmul(x, W);
#ifdef FIXED
constexpr auto loss = ct::binary_crossentropy(ct::from_logits, ct::label_smoothing = 0.15_c);
#else
constexpr auto loss = ct::binary_crossentropy(ct::from_logits, ct::label_smoothing = 1.5_c); // wrong
#endif

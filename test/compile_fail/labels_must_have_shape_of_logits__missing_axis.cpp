// expect: labels_must_have_shape_of_logits
// shows: [N]
// shows: [N,1]
// SPDX-License-Identifier: BSL-1.0
// A vector of labels against a column of logits.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3, 1>;
constexpr auto logits = ct::matmul(x, w);
#ifdef FIXED
constexpr auto losses = ct::sigmoid_cross_entropy_with_logits(ct::labels = ct::expand_dims(y, ct::axis<1>), ct::logits = logits);
#else
constexpr auto losses = ct::sigmoid_cross_entropy_with_logits(ct::labels = y, ct::logits = logits); // wrong
#endif

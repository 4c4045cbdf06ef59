// expect: loss_must_be_scalar
// shows: minimize
// shows: [N]
// SPDX-License-Identifier: BSL-1.0
// TensorFlow minimises the sum without a word.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto logits = ct::matmul(x, W);
constexpr auto truth = ct::placeholder<"truth", float, N, 10>;
constexpr auto classes = ct::placeholder<"classes", std::int32_t, N>;
constexpr auto losses = ct::softmax_cross_entropy_with_logits(ct::labels = truth, ct::logits = logits);
#ifdef FIXED
ct::trainer train{ct::minimize(ct::reduce_mean(losses), ct::gradient_descent(0.5_c))};
#else
ct::trainer train{ct::minimize(losses, ct::gradient_descent(0.5_c))}; // wrong
#endif

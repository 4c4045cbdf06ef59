// expect: loss_must_have_a_variable
// shows: minimize
// SPDX-License-Identifier: BSL-1.0
// Nothing in this can be trained.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto logits = ct::matmul(x, W);
constexpr auto truth = ct::placeholder<"truth", float, N, 10>;
constexpr auto classes = ct::placeholder<"classes", std::int32_t, N>;
constexpr auto loss = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = truth, ct::logits = logits));
constexpr auto spread = ct::reduce_mean(ct::square(x));
#ifdef FIXED
constexpr auto step = ct::minimize(loss, ct::gradient_descent(0.5_c));
#else
constexpr auto step = ct::minimize(spread, ct::gradient_descent(0.5_c)); // wrong
#endif

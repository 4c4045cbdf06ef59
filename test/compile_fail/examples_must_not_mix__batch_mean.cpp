// expect: examples_must_not_mix
// shows: per_example_gradient
// shows: reduce_sum
// SPDX-License-Identifier: BSL-1.0
// The mean over the batch makes each loss depend on all examples.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N, 2>;
constexpr auto W = ct::variable<"W", float, 3, 2>;
constexpr auto scores = ct::tanh(ct::matmul(x, W));
#ifdef FIXED
constexpr auto centred = scores - ct::reduce_mean(scores, ct::axis<1>, ct::keepdims);
#else
constexpr auto centred = scores - ct::reduce_mean(scores, ct::axis<0>);
#endif
constexpr auto losses = ct::mean_squared_error(y, centred);
constexpr auto grads = ct::per_example_gradient(losses, W); // wrong

// expect: variable_must_be_static
// shows: "mean"
// shows: "[N,2]"
// SPDX-License-Identifier: BSL-1.0
// A state that would have a row for each example of the batch.
#include <ctgrad/ctgrad.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N, 2>;
constexpr auto W = ct::variable<"W", float, 3, 2>;
constexpr auto loss = ct::reduce_mean(ct::square(ct::matmul(x, W) - y));

constexpr auto prediction = ct::matmul(x, W);
#ifdef FIXED
constexpr auto mean = ct::state<"mean", float, 2>;
constexpr auto keep = ct::assign(mean, ct::reduce_mean(prediction, ct::axis<0>));
#else
constexpr auto mean = ct::state<"mean", float, N, 2>;
constexpr auto keep = ct::assign(mean, prediction);
#endif
constexpr auto step = ct::minimize(loss, ct::sgd(), keep); // wrong

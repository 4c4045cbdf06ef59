// expect: arguments_must_be_model_optimizer_and_loss
// shows: argument 4
// SPDX-License-Identifier: BSL-1.0
// A metric is given in metrics(...).
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 4>;
constexpr auto y = ct::placeholder<"y", float, N, 2>;
constexpr auto W = ct::variable<"W", float, 4, 2>;
constexpr auto model = [](auto in) { return ct::matmul(in, W); };
constexpr auto error = [](auto truth, auto prediction) { return ct::reduce_mean(ct::square(truth - prediction), ct::axis<1>); };
#ifdef FIXED
auto net = ct::compile(model, ct::adam(), error, ct::fed_by(x, y));
#else
auto net = ct::compile(model, ct::adam(), error, error, ct::fed_by(x, y)); // wrong
#endif

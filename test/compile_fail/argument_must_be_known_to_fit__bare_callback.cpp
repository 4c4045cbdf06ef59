// expect: argument_must_be_known_to_fit
// shows: argument 4
// SPDX-License-Identifier: BSL-1.0
// Callbacks are given in callbacks(...).
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
std::vector<float> X(8), Y(4), w(2);
#ifdef FIXED
auto net = ct::compile(model, ct::adam(), error, ct::fed_by(x, y));
auto history = net.fit(X, Y, {.epochs = 3}, ct::callbacks(ct::terminate_on_nan{}));
#else
auto net = ct::compile(model, ct::adam(), error, ct::fed_by(x, y));
auto history = net.fit(X, Y, {.epochs = 3}, ct::terminate_on_nan{}); // wrong
#endif

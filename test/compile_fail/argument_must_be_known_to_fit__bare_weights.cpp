// expect: argument_must_be_known_to_fit
// shows: argument 4
// SPDX-License-Identifier: BSL-1.0
// Weights are given in sample_weights(...).
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
auto history = net.fit(X, Y, {}, ct::sample_weights(w));
#else
auto net = ct::compile(model, ct::adam(), error, ct::fed_by(x, y));
auto history = net.fit(X, Y, {}, w); // wrong
#endif

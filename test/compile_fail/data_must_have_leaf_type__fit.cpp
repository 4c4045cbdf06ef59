// expect: data_must_have_leaf_type
// shows: float32[N,2]
// SPDX-License-Identifier: BSL-1.0
// Class numbers where one-hot rows are expected.
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
auto history = net.fit(X, Y);
#else
auto net = ct::compile(model, ct::adam(), error, ct::fed_by(x, y));
auto history = net.fit(X, std::vector<int>(2)); // wrong
#endif

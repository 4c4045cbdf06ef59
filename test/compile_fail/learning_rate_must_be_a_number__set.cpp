// expect: learning_rate_must_be_a_number
// shows: set_learning_rate
// SPDX-License-Identifier: BSL-1.0
// A schedule says the rate of every step.
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
auto net = ct::compile(model, ct::adam(0.001_c), error, ct::fed_by(x, y));
void slower() { net.set_learning_rate(1e-4); }
#else
auto net = ct::compile(model, ct::adam(ct::cosine_decay(0.1_c, 100_c)), error, ct::fed_by(x, y));
void slower() { net.set_learning_rate(1e-4); } // wrong
#endif

// expect: model_must_say_what_it_takes
// shows: compile
// SPDX-License-Identifier: BSL-1.0
// A lambda takes anything.
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
auto net = ct::compile(model, ct::adam(), error); // wrong
#endif

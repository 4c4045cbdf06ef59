// expect: number_must_be_a_literal
// shows: huber
// shows: "delta"
// SPDX-License-Identifier: BSL-1.0
// Where huber changes from squares to magnitudes.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto scores = ct::matmul(x, W);
#ifdef FIXED
constexpr auto losses = ct::huber(y, scores, ct::delta = 2_c);
#else
constexpr auto losses = ct::huber(y, scores, ct::delta = 2.0); // wrong
#endif

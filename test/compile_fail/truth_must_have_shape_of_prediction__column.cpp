// expect: truth_must_have_shape_of_prediction
// shows: mean_squared_error
// shows: [N]
// shows: [N,1]
// SPDX-License-Identifier: BSL-1.0
// A vector against a column: TensorFlow makes a matrix of it.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3, 1>;
#ifdef FIXED
constexpr auto loss = ct::mean_squared_error()(ct::expand_dims(y, ct::axis<1>), ct::matmul(x, w));
#else
constexpr auto loss = ct::mean_squared_error()(y, ct::matmul(x, w)); // wrong
#endif

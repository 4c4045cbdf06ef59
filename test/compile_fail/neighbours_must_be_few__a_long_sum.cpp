// expect: neighbours_must_be_few
// shows: sparse_hessian
// shows: [1000]
// shows: reduce_sum
// SPDX-License-Identifier: BSL-1.0
// Each element of the gradient depends on all of a long vector: there are no diagonals.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto q = ct::variable<"q", double, 1000>;
constexpr auto v = ct::placeholder<"v", double, 1000>;
constexpr auto loss = ct::square(ct::reduce_sum(q));
#ifdef FIXED
constexpr auto product = ct::hvp(loss, q = v)[q];
#else
constexpr auto second = ct::sparse_hessian(loss, q)[q]; // wrong
#endif

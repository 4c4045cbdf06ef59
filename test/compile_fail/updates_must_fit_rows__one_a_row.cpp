// expect: updates_must_fit_rows
// shows: tensor_scatter_nd_add
// shows: [5,3]
// shows: [4,1]
// shows: [4]
// SPDX-License-Identifier: BSL-1.0
// A number for each row instead of a row.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/ops/more.hpp>

namespace ct = ctgrad;

constexpr auto table = ct::placeholder<"table", float, 5, 3>;
constexpr auto rows = ct::placeholder<"rows", std::int32_t, 4, 1>;
constexpr auto one = ct::placeholder<"one", float, 4>;
constexpr auto three = ct::placeholder<"three", float, 4, 3>;
#ifdef FIXED
constexpr auto sums = ct::tensor_scatter_nd_add(table, rows, three);
#else
constexpr auto sums = ct::tensor_scatter_nd_add(table, rows, one); // wrong
#endif

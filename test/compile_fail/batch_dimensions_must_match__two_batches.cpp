// expect: batch_dimensions_must_match
// shows: [B,2,3]
// shows: [C,3,4]
// SPDX-License-Identifier: BSL-1.0
// Two batches that are not known to be equally long.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto B = ct::dim<"B">;
constexpr auto C = ct::dim<"C">;
constexpr auto a = ct::placeholder<"a", float, B, 2, 3>;
constexpr auto b = ct::placeholder<"b", float, C, 3, 4>;
constexpr auto c = ct::variable<"c", float, 3, 4>;
#ifdef FIXED
constexpr auto products = ct::matmul(a, c);
#else
constexpr auto products = ct::matmul(a, b); // wrong
#endif

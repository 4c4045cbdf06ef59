// expect: letter_must_mean_one_extent
// shows: ij,jk
// shows: j: [4] and [5]
// SPDX-License-Identifier: BSL-1.0
// The second matrix is transposed.
#include <ctgrad/linalg.hpp>

namespace ct = ctgrad;

constexpr auto a = ct::placeholder<"a", float, 3, 4>;
constexpr auto b = ct::placeholder<"b", float, 5, 4>;
#ifdef FIXED
constexpr auto y = ct::einsum<"ij,kj">(a, b);
#else
constexpr auto y = ct::einsum<"ij,jk">(a, b); // wrong
#endif

// expect: matmul_operands_must_be_matrices
// shows: det
// shows: [3]
// SPDX-License-Identifier: BSL-1.0
// The determinant of a vector.
#include <ctgrad/linalg.hpp>

namespace ct = ctgrad;

constexpr auto v = ct::placeholder<"v", double, 3>;
#ifdef FIXED
constexpr auto d = ct::det(ct::diag(v));
#else
constexpr auto d = ct::det(v); // wrong
#endif

// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file The layer `linalg`: factorisations of matrices and what is made of them; with it sums by letters, `einsum`. Not in the umbrella.

// GCC 12 says of a local name in a template that it shadows a global one of the user's, such as `x`.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#endif

#include <ctgrad/expr/poison.hpp> // here, so that errors name few files before the user's line

#include <ctgrad/expr.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/ops/op_list.hpp>
#include <ctgrad/ops/tensordot.hpp>

#include <ctgrad/linalg/cholesky.hpp>
#include <ctgrad/linalg/diagonal.hpp>
#include <ctgrad/linalg/qr.hpp>
#include <ctgrad/linalg/solve.hpp>

namespace ctgrad {

/// Every primitive op of this layer, as `all_ops` has the others.
using linalg_ops = op_list<diag_part_op, cholesky_op, cholesky_derivative_op<false>, cholesky_derivative_op<true>, triangular_solve_op,
                           lu_op, lu_solve_op, determinant_op<determinant_part::whole>, determinant_op<determinant_part::logarithm>,
                           determinant_op<determinant_part::sign>, qr_op>;

} // namespace ctgrad

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

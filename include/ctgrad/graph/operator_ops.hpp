// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file The one door from the language to its ops: those that operators mean, that views are differentiated by, and
/// whose values the facts of values know. They are defined in the layer ops.

namespace ctgrad {

// Operators of nodes and expressions.
struct add_op;
struct subtract_op;
struct multiply_op;
struct divide_op;
struct negative_op;
struct less_op;
struct less_equal_op;
struct greater_op;
struct greater_equal_op;
struct equal_op;
struct not_equal_op;
struct logical_and_op;
struct logical_or_op;
struct logical_not_op;

// Products of zeros that are meant.
struct multiply_no_nan_op;
struct annihilating_multiply_op;

struct reduce_sum_op; // the derivative of a view that repeats
struct maximum_op;    // bounds of values
struct minimum_op;

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/builder.hpp>
#include <ctgrad/graph/constant.hpp>
#include <ctgrad/graph/operator_ops.hpp>

#include <cstdint>
#include <limits>

/// @file What is seen of a node's values, whatever the data are. "No" means: not seen.

namespace ctgrad {

namespace detail {

/// Whether `x` is an application of `Op`.
template <class Op>
constexpr bool is_made_by(ref x) {
    return is_op<Op>(*x->op);
}

constexpr bool is_number(ref x) { return x->op->kind == op_kind::constant; }

/// How many ops deep is looked.
inline constexpr int fact_depth = 6;

/// Calls `holds(input)` for the inputs of `x`, and says whether it is true of all.
template <class Holds>
constexpr bool holds_for_inputs(ref x, const Holds& holds) {
    for (int k = 0; k < x->op->arity; ++k)
        if (!holds(x.input(k))) return false;
    return true;
}

/// What numbers and sizes shall be of which something is made.
enum class number_kind : std::uint8_t {
    any,
    nonzero, ///< Finite and not 0; sizes count as such, since what is of size 0 has no elements.
    finite   ///< Finite, also where a size is 0: nothing is divided by it.
};

/// Whether `x` is made of numbers and of sizes alone.
constexpr bool is_made_of_numbers(ref x, number_kind wanted = number_kind::any, int depth = fact_depth) {
    const op_kind kind = x->op->kind;
    if (kind == op_kind::constant) {
        const double value = rounded(x->type, constant_value(*x));
        constexpr double most = std::numeric_limits<double>::max();
        return wanted == number_kind::any || (value <= most && value >= -most && (wanted == number_kind::finite || value != 0));
    }
    if (kind == op_kind::size) return true;
    if (wanted == number_kind::finite && is_op<divide_op>(*x->op) && x.input(1)->op->kind != op_kind::constant) return false;
    if (depth == 0 || (kind != op_kind::elementwise && kind != op_kind::view && kind != op_kind::reshape)) return false;
    return holds_for_inputs(x, [&](ref input) { return is_made_of_numbers(input, wanted, depth - 1); });
}

/// Whether `x` is seen to be finite and not 0 everywhere.
constexpr bool is_never_zero(ref x) { return is_made_of_numbers(x, number_kind::nonzero); }

/// Whether no element of `x` can be infinite or NaN.
constexpr bool is_always_finite(ref x, int depth = fact_depth) {
    if (!is_floating(x->type)) return true;
    const auto is_finite = [&](ref input) { return is_always_finite(input, depth - 1); };
    switch (x->op->kind) {
    case op_kind::constant: return is_made_of_numbers(x, number_kind::finite);
    case op_kind::size:
    case op_kind::coordinate: return true;
    case op_kind::view:
    case op_kind::reshape: return depth > 0 && is_finite(x.input(0));
    case op_kind::elementwise: {
        if (depth == 0) return false;
        const bool of_whole_numbers = holds_for_inputs(x, [](ref input) { return !is_floating(input->type); });
        return of_whole_numbers || is_made_of_numbers(x, number_kind::finite, depth) || (x->op->selects && holds_for_inputs(x, is_finite));
    }
    default: return false;
    }
}

/// Whether `x` is seen to be the same along some axis, or everywhere.
constexpr bool is_repeated(ref x) {
    if (is_made_of_numbers(x)) return true;
    if (x->op->kind != op_kind::view) return false;
    access a = access::identity(x->shape.rank);
    x->op->map_axes(*x, a);
    for (int k = 0; k < x->shape.rank; ++k)
        if (a.axis[k] < 0) return true;
    return false;
}

/// Whether `x` lies between two numbers, as what is clipped does: a sum of it stays in the range.
constexpr bool is_bounded(ref x) {
    const auto limited = [](ref y) { return y.input(0)->op->kind == op_kind::constant || y.input(1)->op->kind == op_kind::constant; };
    if (!is_op<minimum_op>(*x->op) || !limited(x)) return false;
    for (int k = 0; k < 2; ++k)
        if (const ref y = x.input(k); is_op<maximum_op>(*y->op) && limited(y)) return true;
    return false;
}

/// Whether zeros of the factor `x` are meant: of data, such as weights and masks, and of what is made of these. A difference
/// that happens to be 0 is not.
constexpr bool may_be_meant_zero(ref x, int depth = fact_depth) {
    const op_info& op = *x->op;
    const auto is_meant = [&](int k) { return may_be_meant_zero(x.input(k), depth - 1); };
    if (op.kind == op_kind::constant) return constant_value(*x) == 0;
    if (op.kind == op_kind::leaf) return !op.is_parameter;
    if (op.kind == op_kind::general || op.kind == op_kind::coordinate) return true; // what is gathered, padded or put together; positions
    if (depth == 0 || op.arity == 0 || op.kind == op_kind::reduction || op.kind == op_kind::contraction) return false;
    if (op.selects) return is_meant(1) || is_meant(2);
    if (is_op<multiply_op>(op)) return is_meant(0) || is_meant(1);
    if (is_op<divide_op>(op)) return is_meant(0);
    return holds_for_inputs(x, [&](ref input) { return input->op->kind == op_kind::constant || may_be_meant_zero(input, depth - 1); });
}

} // namespace detail
} // namespace ctgrad

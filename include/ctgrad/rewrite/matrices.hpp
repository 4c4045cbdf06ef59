// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/annihilating_multiply.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/matmul.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/sum_of_outer_products.hpp>
#include <ctgrad/rewrite/factors.hpp>

/// @file What algebra saves in matrix products.

namespace ctgrad::rewrites {

constexpr ref sum_along(auto x, int axis) {
    attributes asked;
    asked.numbers[0] = 1 << axis;
    return apply<reduce_sum_op>(asked, x);
}

/// `x` with a new axis of that extent, along which it is repeated.
constexpr ref with_axis(auto x, int axis, const dimension& extent) {
    attributes view;
    for (int k = 0; k <= x.shape().rank; ++k) {
        view.numbers[k] = k == axis ? -1 : k < axis ? k : k - 1;
        view.shape.append(k == axis ? extent : x.shape()[view.numbers[k]]);
    }
    return apply<view_op>(view, x);
}

/// Whether `x` is repeated along an axis of several elements.
constexpr bool is_repeated_along(auto x, int axis) { return !x.shape()[axis].is_one() && is_constant_along(x, axis_mask{1u << axis}); }

constexpr ref in_type(auto x, dtype type) {
    attributes asked;
    asked.type = type;
    return apply<cast_op>(asked, x);
}
/// `x` in a dtype in which sums of it cannot overflow.
constexpr ref widened(auto x) { return in_type(x, dtype::float64); }

/// A product with its shields, element by element.
constexpr ref elementwise(int shields, auto a, auto b) {
    switch (shields) {
    case 1: return apply<multiply_no_nan_op>(attributes{}, b, a);
    case 2: return apply<multiply_no_nan_op>(attributes{}, a, b);
    case 3: return apply<annihilating_multiply_op>(attributes{}, a, b);
    default: return a * b;
    }
}

/// `x` as `shape`, axis `axis` of which runs along axis `from` of x (-1: it repeats x).
constexpr ref shown_along(auto x, const tensor_shape& shape, int axis, int from) {
    attributes view;
    view.shape = shape;
    for (int k = 0; k < shape.rank; ++k) view.numbers[k] = k == axis ? from : k;
    return apply<view_op>(view, x);
}

/// An inner axis of extent 1 leaves nothing to sum: elementwise work, which can join other loops.
constexpr ref column_by_row(const auto& at) {
    const tensor_shape product = at.draft.shape;
    const int row = product.rank - 2, column = product.rank - 1;
    if (!at.x(0).shape()[column].is_one()) return {};
    return elementwise(detail::shields_of(at.draft), shown_along(at.x(0), product, column, -1), shown_along(at.x(1), product, row, -1));
}

/// So are one row by one column, and the sum.
constexpr ref row_by_column(const auto& at) {
    const tensor_shape product = at.draft.shape;
    const int row = product.rank - 2, column = product.rank - 1;
    if (!product[row].is_one() || !product[column].is_one()) return {};
    const auto terms = elementwise(detail::shields_of(at.draft), at.x(0), matmul_op::transposed(at.x(1)));
    return spread(sum_along(terms, column), product, axis_mask{1u << column});
}

/// The product of `x`, summed along `axis` which then has `extent`, and of `equal`, which is repeated along it and has
/// `other` behind its axis. One number everywhere is multiplied first; else the sum is in double, and cannot overflow. None
/// if the sum may be of nothing.
constexpr ref sum_of_equal(auto x, int axis, const dimension& extent, auto equal, int along, const dimension& other) {
    const auto once = taken_once(equal, axis_mask{1u << along});
    if (is_constant_along(equal, axis_mask{1u << axis | 1u << along})) {
        const auto factor = taken_once(equal, axis_mask{1u << axis | 1u << along});
        const int first = axis < along ? axis : along, last = axis < along ? along : axis;
        const auto all = with_axis(with_axis(factor, first, x.shape()[first]), last, x.shape()[last]);
        return with_axis(sum_along(x * all, axis), axis, extent);
    }
    if (!x.shape()[axis].is_static() || x.shape()[axis].extent == 0) return {};
    const auto total = with_axis(sum_along(widened(x), axis), axis, extent);
    return in_type(total * with_axis(widened(once), along, other), x->type);
}

/// A product with a matrix of equal columns or rows is a product with sums. Such are the gradients of sums of products.
constexpr ref product_with_equal_factors(const auto& at) {
    if (detail::shields_of(at.draft) != 0) return {};
    const auto a = at.x(0), b = at.x(1);
    const tensor_shape product = at.draft.shape;
    const int row = product.rank - 2, column = product.rank - 1;
    if (is_repeated_along(a, column))
        if (const auto total = sum_of_equal(b, row, product[row], a, column, product[column])) return total;
    if (is_repeated_along(b, row))
        if (const auto total = sum_of_equal(a, column, product[column], b, row, product[row])) return total;
    return {};
}

/// Equal rows or columns are made once.
constexpr ref product_of_equal_rows(const auto& at) {
    if (detail::shields_of(at.draft) != 0) return {};
    const auto a = at.x(0), b = at.x(1);
    const tensor_shape product = at.draft.shape;
    const int row = product.rank - 2, column = product.rank - 1;
    const axis_mask along_row{1u << row}, along_column{1u << column};
    if (is_repeated_along(a, row)) {
        const auto once = apply<matmul_op>(attributes{}, with_axis(taken_once(a, along_row), row, 1), b);
        return with_axis(taken_once(once, along_row), row, product[row]);
    }
    if (is_repeated_along(b, column)) {
        const auto once = apply<matmul_op>(attributes{}, a, with_axis(taken_once(b, along_column), column, 1));
        return with_axis(taken_once(once, along_column), column, product[column]);
    }
    return {};
}

/// Whether the elements of `x` lie in memory in the order of its axes, once something demands them there.
constexpr bool is_row_major(auto x) {
    return x->op->kind == op_kind::leaf || x->op->kind == op_kind::elementwise || x->op->kind == op_kind::contraction;
}

/// Along all leading axes nothing is stored for each of them.
constexpr ref sum_of_products_of_each(const auto& at) {
    const auto x = at.x();
    if (!is_made_by<matmul_op>(x)) return {};
    const int row = x.shape().rank - 2;
    if (row == 0 || at.draft.numbers[0] != (1 << row) - 1) return {};
    const auto rows = matmul_op::transposed(x.input(0)), b = x.input(1); // `rows`: what a is a view of, if it is one
    if (!is_row_major(rows) || !is_row_major(b)) return {};
    return apply<sum_of_outer_products_op>(detail::with_shields(detail::shields_of(*x)), rows, b);
}

/// Along rows or columns those of the operands are summed first.
constexpr ref sum_of_product(const auto& at) {
    const auto x = at.x();
    if (!is_made_by<matmul_op>(x) || detail::shields_of(*x) != 0) return {};
    const attributes along = at.attrs();
    const int row = x.shape().rank - 2, column = row + 1;
    if ((along.numbers[0] >> row & 3) == 0) return {};
    auto a = widened(x.input(0)), b = widened(x.input(1));
    if ((along.numbers[0] >> row & 1) != 0) a = with_axis(sum_along(a, row), row, 1);
    if ((along.numbers[0] >> column & 1) != 0) b = with_axis(sum_along(b, column), column, 1);
    return in_type(apply<reduce_sum_op>(along, apply<matmul_op>(attributes{}, a, b)), x->type);
}

} // namespace ctgrad::rewrites

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/apply.hpp>

namespace ctgrad::detail {

// Declared before the headers below, which lead to reduce_sum, which calls it.
struct products;
template <class Ops = products>
constexpr ref sum_of_product(ref x, const attributes& sum);

} // namespace ctgrad::detail

#include <ctgrad/ops/detail/factors.hpp>
#include <ctgrad/ops/detail/shields.hpp>

namespace ctgrad {

struct cast_op;
struct matmul_op;
struct reduce_sum_op;
struct sum_of_outer_products_op;

namespace detail {

/// What algebra saves in matrix products. As in factors.hpp the ops are a template parameter.
struct products : arithmetic {
    using cast = cast_op;
    using matmul = matmul_op;
    using reduce_sum = reduce_sum_op;
    using sum_of_outer_products = sum_of_outer_products_op;
};

template <class Ops>
constexpr ref sum_along(ref x, int axis) {
    attributes sum;
    sum.numbers[0] = 1 << axis;
    return apply<typename Ops::reduce_sum>(sum, x);
}

/// `x` with a new axis of that extent, along which it is repeated.
template <class Ops>
constexpr ref with_axis(ref x, int axis, const dimension& extent) {
    attributes view;
    for (int k = 0; k <= x.shape().rank; ++k) {
        view.numbers[k] = k == axis ? -1 : k < axis ? k : k - 1;
        view.shape.append(k == axis ? extent : x.shape()[view.numbers[k]]);
    }
    return apply<typename Ops::view>(view, x);
}

/// Whether `x` is repeated along an axis of several elements.
template <class Ops>
constexpr bool is_repeated_along(ref x, int axis) {
    return !x.shape()[axis].is_one() && is_constant_along<Ops>(x, axis_mask{1u << axis});
}

/// `x` in a dtype in which sums of it cannot overflow.
template <class Ops>
constexpr ref widened(ref x) {
    attributes wide;
    wide.type = dtype::float64;
    return apply<typename Ops::cast>(wide, x);
}
template <class Ops>
constexpr ref in_type_of(ref x, ref made) {
    attributes asked;
    asked.type = x->type;
    return apply<typename Ops::cast>(asked, made);
}

/// The product of `x`, summed along `axis` which then has `extent`, and of `equal`, which is repeated along it and has
/// `other` behind its axis. One number everywhere is multiplied first; else the sum is in double, and cannot overflow. None
/// if the sum may be of nothing.
template <class Ops>
constexpr ref sum_of_equal(ref x, int axis, const dimension& extent, ref equal, int along, const dimension& other) {
    const ref once = taken_once<Ops>(equal, axis_mask{1u << along});
    if (is_constant_along<Ops>(equal, axis_mask{1u << axis | 1u << along})) {
        const ref factor = taken_once<Ops>(equal, axis_mask{1u << axis | 1u << along});
        const int first = axis < along ? axis : along, last = axis < along ? along : axis;
        const ref spread = with_axis<Ops>(with_axis<Ops>(factor, first, x.shape()[first]), last, x.shape()[last]);
        return with_axis<Ops>(sum_along<Ops>(apply<typename Ops::multiply>(attributes{}, x, spread), axis), axis, extent);
    }
    if (!x.shape()[axis].is_static() || x.shape()[axis].extent == 0) return {};
    const ref sum = with_axis<Ops>(sum_along<Ops>(widened<Ops>(x), axis), axis, extent);
    return in_type_of<Ops>(x, apply<typename Ops::multiply>(attributes{}, sum, with_axis<Ops>(widened<Ops>(once), along, other)));
}

/// The product of `a` and `b` [..., M, N], if one is repeated: equal rows or columns are made once, and a sum
/// over equal factors is their product with a sum. Such are the gradients of sums of products. Or none.
template <class Ops = products>
constexpr ref product_of_repeated(ref a, ref b, const tensor_shape& product) {
    const int row = product.rank - 2, column = product.rank - 1;
    const axis_mask along_row{1u << row}, along_column{1u << column};
    if (is_repeated_along<Ops>(a, column))
        if (const ref sum = sum_of_equal<Ops>(b, row, product[row], a, column, product[column])) return sum;
    if (is_repeated_along<Ops>(b, row))
        if (const ref sum = sum_of_equal<Ops>(a, column, product[column], b, row, product[row])) return sum;
    if (is_repeated_along<Ops>(a, row)) {
        const ref once = apply<typename Ops::matmul>(attributes{}, with_axis<Ops>(taken_once<Ops>(a, along_row), row, 1), b);
        return with_axis<Ops>(taken_once<Ops>(once, along_row), row, product[row]);
    }
    if (is_repeated_along<Ops>(b, column)) {
        const ref once = apply<typename Ops::matmul>(attributes{}, a, with_axis<Ops>(taken_once<Ops>(b, along_column), column, 1));
        return with_axis<Ops>(taken_once<Ops>(once, along_column), column, product[column]);
    }
    return {};
}

/// Whether the elements of `x` lie in memory in the order of its axes, once something demands them there.
constexpr bool is_row_major(ref x) {
    return x->op->kind == op_kind::leaf || x->op->kind == op_kind::elementwise || x->op->kind == op_kind::contraction;
}

/// The sum of product `x` along `axes`: along rows or columns those of the operands are summed first, along all leading
/// axes nothing is stored for each of them. Or none.
template <class Ops>
constexpr ref sum_of_product(ref x, const attributes& sum) {
    if (!is_made_by<typename Ops::matmul>(x)) return {};
    const int row = x.shape().rank - 2, column = row + 1;
    ref a = x.input(0), b = x.input(1);
    if (row > 0 && sum.numbers[0] == (1 << row) - 1) {
        const ref rows = Ops::matmul::transposed(a); // what a is a view of, if it is one
        if (is_row_major(rows) && is_row_major(b)) return apply<typename Ops::sum_of_outer_products>(with_shields(shields_of(*x)), rows, b);
    }
    if (shields_of(*x) != 0) return {};
    if ((sum.numbers[0] >> row & 3) == 0) return {};
    a = widened<Ops>(a);
    b = widened<Ops>(b);
    if ((sum.numbers[0] >> row & 1) != 0) a = with_axis<Ops>(sum_along<Ops>(a, row), row, 1);
    if ((sum.numbers[0] >> column & 1) != 0) b = with_axis<Ops>(sum_along<Ops>(b, column), column, 1);
    return in_type_of<Ops>(x, apply<typename Ops::reduce_sum>(sum, apply<typename Ops::matmul>(attributes{}, a, b)));
}

} // namespace detail
} // namespace ctgrad

// What is named above is complete before it is used.
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/detail/sum_of_outer_products.hpp>
#include <ctgrad/ops/matmul.hpp>

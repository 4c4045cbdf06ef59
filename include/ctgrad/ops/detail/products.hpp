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

struct matmul_op;
struct reduce_sum_op;
struct sum_of_outer_products_op;

namespace detail {

/// What algebra saves in matrix products. As in factors.hpp the ops are a template parameter.
struct products : arithmetic {
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

/// The product of `a` and `b` [..., M, N], if one is repeated: equal rows or columns are made once, and a sum
/// over equal factors is their product with a sum. Such are the gradients of sums of products. Or none.
template <class Ops = products>
constexpr ref product_of_repeated(ref a, ref b, const tensor_shape& product) {
    const int row = product.rank - 2, column = product.rank - 1;
    const axis_mask along_row{1u << row}, along_column{1u << column};
    if (is_repeated_along<Ops>(a, column))
        return apply<typename Ops::multiply>(attributes{}, with_axis<Ops>(taken_once<Ops>(a, along_column), column, product[column]),
                                             with_axis<Ops>(sum_along<Ops>(b, row), row, product[row]));
    if (is_repeated_along<Ops>(b, row))
        return apply<typename Ops::multiply>(attributes{}, with_axis<Ops>(sum_along<Ops>(a, column), column, product[column]),
                                             with_axis<Ops>(taken_once<Ops>(b, along_row), row, product[row]));
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
    if ((sum.numbers[0] >> row & 1) != 0) a = with_axis<Ops>(sum_along<Ops>(a, row), row, 1);
    if ((sum.numbers[0] >> column & 1) != 0) b = with_axis<Ops>(sum_along<Ops>(b, column), column, 1);
    return apply<typename Ops::reduce_sum>(sum, apply<typename Ops::matmul>(attributes{}, a, b));
}

/// The factors of a product of matrices; none if it is not one.
struct matrix_factors {
    ref a, b;
};
template <class Ops>
constexpr matrix_factors factors_of(ref x) {
    if (x.shape().rank != 2) return {};
    const auto is_product = [](ref y) { return is_made_by<typename Ops::matmul>(y) && shields_of(*y) == 0; };
    if (is_product(x)) return {x.input(0), x.input(1)};
    const bool transposes = is_made_by<typename Ops::view>(x) && x->numbers[0] == 1 && x->numbers[1] == 0;
    if (!transposes || !is_product(x.input(0))) return {};
    const ref product = x.input(0), b = Ops::matmul::transposed(product.input(1));
    return {b, Ops::matmul::transposed(product.input(0))};
}

/// An extent, and a number of elements, for comparing costs: a named dimension counts as 256.
constexpr double typical_extent(const dimension& d) { return d.is_static() ? static_cast<double>(d.extent) : 256; }
constexpr double typical_size(const tensor_shape& shape) {
    double size = 1;
    for (int k = 0; k < shape.rank; ++k) size *= typical_extent(shape[k]);
    return size;
}

/// Leaf `x`, perhaps behind views, without a number that it is multiplied or divided by.
template <class Ops>
constexpr numbered unscaled_leaf(ref x) {
    const node n = *x; // the builder may move its nodes
    if (is_made_by<typename Ops::view>(x)) {
        const numbered inner = unscaled_leaf<Ops>(x.input(0));
        return inner.rest ? numbered{inner.number, apply<typename Ops::view>(n, inner.rest)} : inner;
    }
    const bool divides = is_made_by<typename Ops::divide>(x);
    if (!divides && !is_made_by<typename Ops::multiply>(x)) return {};
    for (int k = 0; k < (divides ? 1 : 2); ++k)
        if (x.input(k)->op->kind == op_kind::leaf && is_number(x.input(1 - k))) {
            const double number = constant_value(*x.input(1 - k));
            return {divides ? 1 / number : number, x.input(k)};
        }
    return {};
}

/// The product of `a` and `b`, if one is a number times a leaf, as pixels divided by 255 are, and has several times the
/// elements of the product: the number is multiplied last, and nothing is stored before. It is near 1, so that no sum
/// leaves the range. Or none.
template <class Ops = products>
constexpr ref product_of_scaled(ref a, ref b, const tensor_shape& product, const attributes& asked) {
    for (const ref x : {a, b}) {
        if (typical_size(x.shape()) <= 4 * typical_size(product)) continue;
        const numbered scaled = unscaled_leaf<Ops>(x);
        const double magnitude = scaled.number < 0 ? -scaled.number : scaled.number;
        if (!scaled.rest || magnitude < 1e-6 || magnitude > 1e6) continue;
        return multiplied<Ops>(apply<typename Ops::matmul>(asked, x == a ? scaled.rest : a, x == a ? b : scaled.rest), scaled.number);
    }
    return {};
}

/// The product of `a` and `b` with the other order of a chain of three, if that takes less than half; or none.
template <class Ops = products>
constexpr ref cheaper_chain(ref a, ref b) {
    auto matmul = [](ref x, ref y) { return apply<typename Ops::matmul>(attributes{}, x, y); };
    // [m, k] [k, n] [n, l], the left product first or the right one
    auto left_first = [](double m, double k, double n, double l) { return m * k * n + m * n * l; };
    auto right_first = [](double m, double k, double n, double l) { return k * n * l + m * k * l; };
    if (const matrix_factors first = factors_of<Ops>(a); first.a) {
        const double m = typical_extent(a.shape()[0]), k = typical_extent(first.b.shape()[0]), n = typical_extent(b.shape()[0]), l = typical_extent(b.shape()[1]);
        if (2 * right_first(m, k, n, l) <= left_first(m, k, n, l)) return matmul(first.a, matmul(first.b, b));
    }
    if (const matrix_factors last = factors_of<Ops>(b); last.a) {
        const double m = typical_extent(a.shape()[0]), k = typical_extent(b.shape()[0]), n = typical_extent(last.b.shape()[0]), l = typical_extent(b.shape()[1]);
        if (2 * left_first(m, k, n, l) <= right_first(m, k, n, l)) return matmul(matmul(a, last.a), last.b);
    }
    return {};
}

} // namespace detail
} // namespace ctgrad

// What is named above is complete before it is used.
#include <ctgrad/ops/detail/sum_of_outer_products.hpp>
#include <ctgrad/ops/matmul.hpp>

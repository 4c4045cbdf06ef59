// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/kernel/items.hpp>
#include <ctgrad/ops/coordinate.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/item_op.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/less_equal.hpp>
#include <ctgrad/ops/matmul.hpp>
#include <ctgrad/ops/where.hpp>

/// @file What functions of matrices have in common: their rules, and pieces of their derivatives.

namespace ctgrad {

template <fact... F>
CTGRAD_RULE(matrices_must_be_square, "the last two axes are equal: for another system of equations use lstsq.")
inline constexpr poison broken<fault::matrices_must_be_square, F...>{};

template <fact... F>
CTGRAD_RULE(matrices_must_be_small, "matrices have at most 64 rows and columns, numbers and no named dimensions.")
inline constexpr poison broken<fault::matrices_must_be_small, F...>{};

template <fact... F>
CTGRAD_RULE(matrices_must_not_be_wide, "at least as many rows as columns: transpose the matrix.")
inline constexpr poison broken<fault::matrices_must_not_be_wide, F...>{};

namespace detail {

/// The largest number of rows or columns of a matrix that is factored.
inline constexpr int most_rows = 64;

constexpr bool is_small(const dimension& d) { return d.is_static() && d.extent >= 1 && d.extent <= most_rows; }

/// What is wrong with `x` as a batch of floating matrices.
constexpr fault check_matrices(const attributes& x) {
    if (!is_floating(x.type)) return fault::dtype_must_be_floating;
    if (x.shape.rank < 2) return fault::matmul_operands_must_be_matrices;
    for (int k = x.shape.rank - 2; k < x.shape.rank; ++k)
        if (!is_small(x.shape[k])) return fault::matrices_must_be_small;
    return fault::none;
}
constexpr fault check_square(const attributes& x) {
    const fault found = check_matrices(x);
    return found != fault::none || x.shape[x.shape.rank - 1] == x.shape[x.shape.rank - 2] ? found : fault::matrices_must_be_square;
}
/// What is wrong with `b` as the right sides of equations with `rows` rows, in the batch of `a`.
constexpr fault check_right_sides(const attributes& a, const attributes& b) {
    if (a.type != b.type) return fault::dtypes_must_match;
    if (b.shape.rank < 2) return fault::matmul_operands_must_be_matrices;
    if (!(b.shape[b.shape.rank - 2] == a.shape[a.shape.rank - 2])) return fault::matmul_inner_dimensions_must_match;
    if (!is_small(b.shape[b.shape.rank - 1])) return fault::matrices_must_be_small;
    if (a.shape.rank != b.shape.rank) return fault::batch_dimensions_must_match;
    for (int k = 0; k < a.shape.rank - 2; ++k)
        if (!(a.shape[k] == b.shape[k])) return fault::batch_dimensions_must_match;
    return fault::none;
}

constexpr int rows_of_matrix(const tensor_shape& s) { return static_cast<int>(s[s.rank - 2].extent); }
constexpr int columns_of_matrix(const tensor_shape& s) { return static_cast<int>(s[s.rank - 1].extent); }

/// The product of two batches of matrices, in a derivative. `shielded`: zeros of the first are meant.
constexpr ref product(auto a, auto b, bool shielded = false) {
    return apply<matmul_op>(with_shields(shielded && !is_always_finite(b) ? 1 : 0), a, b);
}

/// Which part of a matrix is kept, the rest being 0.
enum class triangle : std::uint8_t { lower, upper, strictly_lower, diagonal };

/// Positions along the last axes of a matrix with `n` rows and columns.
constexpr ref positions(builder& b, int n, int axis) {
    attributes a;
    a.type = dtype::int32;
    a.shape = shape(n, n);
    a.numbers[0] = axis;
    return b.add(info<coordinate_op>, a, nullptr);
}
/// Where that part is.
constexpr ref mask_of(builder& b, int n, triangle part) {
    const auto row = positions(b, n, 0), column = positions(b, n, 1);
    if (part == triangle::diagonal) return apply<equal_op>(row, column);
    if (part == triangle::strictly_lower) return apply<less_op>(column, row);
    return part == triangle::lower ? apply<less_equal_op>(column, row) : apply<less_equal_op>(row, column);
}
constexpr ref kept(auto x, triangle part) { return apply<where_op>(mask_of(*x.graph, columns_of_matrix(x.shape()), part), x, 0.0); }

/// What is wrong with `X` as square matrices.
template <class X>
constexpr fault square_fault() {
    if constexpr (is_expr<X>)
        return check_square(X::root());
    else
        return fault::none;
}

/// A vector as one column.
constexpr attributes as_right_sides(attributes b) {
    if (b.shape.rank == 1) b.shape.append(dimension(1));
    return b;
}
/// What is wrong with equations with matrices `A` and right sides `B`, which may lack leading axes, or be one vector.
template <class A, class B>
constexpr fault system_fault() {
    if constexpr (is_expr<A> && is_expr<B>) {
        const attributes a = A::root(), b = as_right_sides(B::root());
        if (a.shape.rank < 2 || b.shape.rank < 2) return fault::matmul_operands_must_be_matrices;
        attributes whole_a = batch_options::asked(a, b).result, whole_b = batch_options::asked(b, a).result;
        whole_a.type = a.type;
        whole_b.type = b.type;
        return check_right_sides(whole_a, whole_b);
    } else
        return fault::none;
}

/// Repeats what has fewer leading axes along those of the other.
template <operand X, operand Other>
constexpr auto with_leading_axes_of(X x, Other other) {
    if constexpr (std::same_as<X, ref>)
        return x.shape().rank < other.shape().rank ? apply_like<view_op, batch_options>(x, other) : x;
    else if constexpr (X::rank < Other::rank)
        return apply_like<view_op, batch_options>(x, other);
    else
        return x;
}

} // namespace detail
} // namespace ctgrad

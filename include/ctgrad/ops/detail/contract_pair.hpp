// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/coordinate.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/matmul.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/reshape.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/shape/subscripts.hpp>

/// @file The steps of an einsum, on nodes: what is a product of matrices becomes one.

namespace ctgrad::detail {

/// A node whose axes have letters, each once.
struct lettered {
    ref value;
    axis_letters axes;
};

/// `x` as that view shows it.
template <class Ref>
constexpr Ref shown_as(const attributes& view, Ref x) {
    return view_op::is_identity(view, x.shape()) ? x : apply<view_op>(view, x);
}

/// `x` with its axes in the order of `to`; letters that it has not are axes of extent `extent`, or 1 where `extent` is null.
template <class Ref>
constexpr Ref along_letters(Ref x, const axis_letters& from, const axis_letters& to, const dimension* extent = nullptr) {
    attributes a;
    for (int k = 0; k < to.count; ++k) {
        const int axis = from.find(to.letter[k]);
        a.numbers[k] = axis;
        a.shape.append(axis >= 0 ? x.shape()[axis] : extent ? extent[to.letter[k]] : dimension(1));
    }
    return shown_as(a, x);
}

/// Sums along the letters that are not in `kept`.
template <class Ref>
constexpr Ref summed_along(Ref x, axis_letters& axes, letter_set kept) {
    attributes sum;
    axis_letters left;
    for (int k = 0; k < axes.count; ++k)
        if ((kept & letter_bit(axes.letter[k])) != 0)
            left.append(axes.letter[k]);
        else
            sum.numbers[0] |= 1 << k;
    axes = left;
    return sum.numbers[0] != 0 ? apply<reduce_sum_op>(sum, x) : x;
}

/// One operand: of a letter that it has twice the diagonal; where dots are 1 beside more, without that axis.
template <class Ref>
constexpr Ref with_letters_once(Ref x, axis_letters& axes, const dimension* extent) {
    for (int k = 0; k < axes.count; ++k) {
        const int first = axes.find(axes.letter[k]);
        const bool repeated = axes.letter[k] >= 52 && x.shape()[k].is_one() && !extent[axes.letter[k]].is_one();
        if (first == k && !repeated) continue;
        if (!repeated) {
            attributes position;
            position.type = dtype::int32;
            position.shape = x.shape();
            position.numbers[0] = first;
            const auto row = x.graph->add(info<coordinate_op>, position, nullptr);
            position.numbers[0] = k;
            x = apply<where_op>(apply<equal_op>(row, x.graph->add(info<coordinate_op>, position, nullptr)), x, 0.0);
        }
        attributes sum;
        sum.numbers[0] = 1 << k;
        x = apply<reduce_sum_op>(sum, x);
        axis_letters left;
        for (int i = 0; i < axes.count; ++i)
            if (i != k) left.append(axes.letter[i]);
        axes = left;
        --k;
    }
    return x;
}

/// How the letters of two operands become the axes of a product of matrices.
struct pair_axes {
    axis_letters leading; ///< Axes of both, or of one, which the other is repeated along,
    axis_letters rows, columns, depth;
    letter_set then_summed = 0; ///< Of the leading ones, those that are no axes of the result.
    bool is_one_product = true; ///< The second operand has none of the leading axes: all products are one.
};

/// Moves letters that cannot be one axis with the others to the leading axes: named dimensions, or all but the last.
constexpr void make_one_axis(axis_letters& group, axis_letters& leading, const dimension* extent, bool merges) {
    bool all_static = merges;
    for (int k = 0; k < group.count; ++k) all_static = all_static && extent[group.letter[k]].is_static();
    if (group.count < 2 || all_static) return;
    for (int k = 0; k + 1 < group.count; ++k) leading.append(group.letter[k]);
    axis_letters last;
    last.append(group.letter[group.count - 1]);
    group = last;
}

constexpr pair_axes axes_of_pair(const axis_letters& a, const axis_letters& b, letter_set kept, const dimension* extent) {
    pair_axes p;
    for (int k = 0; k < a.count; ++k) {
        const int letter = a.letter[k];
        const bool in_both = b.find(letter) >= 0, stays = (kept & letter_bit(letter)) != 0;
        (!in_both ? p.rows : stays ? p.leading : p.depth).append(letter);
    }
    for (int k = 0; k < b.count; ++k)
        if (a.find(b.letter[k]) < 0) p.columns.append(b.letter[k]);
    // Rows that lie along more axes are leading axes of a product with one matrix, which is one product.
    make_one_axis(p.rows, p.leading, extent, p.leading.count > 0);
    make_one_axis(p.columns, p.leading, extent, true);
    const int before = p.leading.count;
    make_one_axis(p.depth, p.leading, extent, true);
    for (int k = 0; k < p.leading.count; ++k) p.is_one_product = p.is_one_product && b.find(p.leading.letter[k]) < 0;
    for (int k = before; k < p.leading.count; ++k) p.then_summed |= letter_bit(p.leading.letter[k]);
    return p;
}

/// `x` as matrices: its axes as `first` and `second`, each made one axis, behind the leading ones.
template <class Ref>
constexpr Ref as_matrices(Ref x, const axis_letters& axes, const pair_axes& p, const axis_letters& first, const axis_letters& second,
                          const dimension* extent) {
    axis_letters order;
    tensor_shape shape;
    for (int k = 0; k < p.leading.count; ++k)
        if (axes.find(p.leading.letter[k]) >= 0) order.append(p.leading.letter[k]);
    for (int k = 0; k < order.count; ++k) shape.append(extent[order.letter[k]]);
    const int own = order.count;
    for (const axis_letters* group : {&first, &second}) {
        std::int64_t together = 1;
        for (int k = 0; k < group->count; ++k) {
            order.append(group->letter[k]);
            together *= group->count > 1 ? extent[group->letter[k]].extent : 1;
        }
        shape.append(group->count == 1 ? extent[group->letter[0]] : dimension(together));
    }
    x = along_letters(x, axes, order);
    if (order.count != own + 2 || first.count != 1 || second.count != 1) {
        attributes merged;
        merged.shape = shape;
        x = apply<reshape_op>(merged, x);
    }
    // Repeated along the leading axes of the other.
    attributes a;
    for (int k = 0; k < p.leading.count; ++k) {
        int place = -1;
        for (int i = 0; i < own; ++i) place = order.letter[i] == p.leading.letter[k] ? i : place;
        a.numbers[k] = place;
        a.shape.append(extent[p.leading.letter[k]]);
    }
    for (int k = 0; k < 2; ++k) {
        a.numbers[p.leading.count + k] = own + k;
        a.shape.append(shape[own + k]);
    }
    return shown_as(a, x);
}

/// Whether the operands should change places: what comes last in the result should be the columns, and these be one axis.
constexpr bool are_better_turned(const pair_axes& p, const pair_axes& turned, const axis_letters& result) {
    if (p.is_one_product != turned.is_one_product) return turned.is_one_product;
    if (p.leading.count != turned.leading.count) return turned.leading.count < p.leading.count;
    if (p.columns.count == 0) return false;
    for (int k = result.count - 1; k >= 0; --k) {
        if (p.columns.find(result.letter[k]) >= 0) return false;
        if (p.rows.find(result.letter[k]) >= 0) return true;
    }
    return false;
}

template <class Ref>
constexpr lettered contract_as(const pair_axes& p, Ref a, const axis_letters& of_a, Ref b, const axis_letters& of_b,
                               const dimension* extent) {
    if (p.leading.count + 2 > max_rank) return {};
    Ref product = apply<matmul_op>(attributes{}, as_matrices(a, of_a, p, p.rows, p.depth, extent),
                                   as_matrices(b, of_b, p, p.depth, p.columns, extent));
    // The axes of the product apart again, those of no letter away.
    lettered made;
    attributes apart;
    for (const axis_letters* group : {&p.leading, &p.rows, &p.columns})
        for (int k = 0; k < group->count; ++k) {
            made.axes.append(group->letter[k]);
            if (made.axes.count > max_rank) return {};
            apart.shape.append(extent[group->letter[k]]);
        }
    if (p.rows.count > 1 || p.columns.count > 1)
        product = apply<reshape_op>(apart, product);
    else {
        int next = 0;
        for (int k = 0; k < p.leading.count; ++k) apart.numbers[next++] = k;
        if (p.rows.count == 1) apart.numbers[next++] = p.leading.count;
        if (p.columns.count == 1) apart.numbers[next++] = p.leading.count + 1;
        product = shown_as(apart, product);
    }
    made.value = summed_along(product, made.axes, ~p.then_summed);
    return made;
}

/// The product of two operands, summed along what is not in `kept`; empty if it would have too many axes. `result` says in which order
/// axes are wanted.
template <class Ref>
constexpr lettered contract_pair(lettered a, lettered b, letter_set kept, const dimension* extent, const axis_letters& result) {
    Ref left = a.value, right = b.value;
    left = summed_along(left, a.axes, kept | b.axes.set());
    right = summed_along(right, b.axes, kept | a.axes.set());
    const pair_axes p = axes_of_pair(a.axes, b.axes, kept, extent), turned = axes_of_pair(b.axes, a.axes, kept, extent);
    if (are_better_turned(p, turned, result)) return contract_as(turned, right, b.axes, left, a.axes, extent);
    return contract_as(p, left, a.axes, right, b.axes, extent);
}

} // namespace ctgrad::detail

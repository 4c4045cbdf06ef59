// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/einsum.hpp>
#include <ctgrad/ops/reduction.hpp>

namespace ctgrad {

/// `tensordot(a, b, axes_count<2>)`: the last two axes of `a` and the first two of `b`.
template <int Count>
struct axes_count_t {};
template <int Count>
inline constexpr axes_count_t<Count> axes_count{};

namespace detail {

/// The text of an einsum that sums along `of_a` and `of_b`, axes in order; what it means is decided by the ranks.
template <int RankA, int RankB>
constexpr auto tensordot_text(const axis_list& of_a, const axis_list& of_b) {
    fixed_string<static_cast<std::size_t>(2 * (RankA + RankB) + 4)> text;
    std::size_t at = 0;
    const auto summed = [](const axis_list& list, int rank, int axis) {
        for (int i = 0; i < list.count; ++i)
            if (normalized(list.axes[i], rank) == axis) return i;
        return -1;
    };
    const auto write = [&](char first, const axis_list& list, int rank, bool with_summed) {
        for (int k = 0; k < rank; ++k)
            if (const int i = summed(list, rank, k); i < 0)
                text.text[at++] = static_cast<char>(first + k);
            else if (with_summed)
                text.text[at++] = static_cast<char>('u' + i);
    };
    write('a', of_a, RankA, true);
    text.text[at++] = ',';
    write('h', of_b, RankB, true);
    text.text[at++] = '-';
    text.text[at++] = '>';
    write('a', of_a, RankA, false);
    write('h', of_b, RankB, false);
    while (at + 1 < sizeof text.text) text.text[at++] = ' ';
    return text;
}

/// What is wrong with a `tensordot` along these axes.
constexpr fault check_tensordot(const attributes& a, const attributes& b, const axis_list& of_a, const axis_list& of_b) {
    for (const auto& [list, rank] : {std::pair{of_a, a.shape.rank}, std::pair{of_b, b.shape.rank}})
        if (list.count > 0)
            if (const axis_mask mask = resolve(list, rank); mask.found != fault::none) return mask.found;
    if (of_a.count != of_b.count || a.shape.rank + b.shape.rank - of_a.count - of_b.count > max_rank) return fault::rank_must_fit;
    for (int i = 0; i < of_a.count; ++i)
        if (!(a.shape[normalized(of_a.axes[i], a.shape.rank)] == b.shape[normalized(of_b.axes[i], b.shape.rank)]))
            return fault::matmul_inner_dimensions_must_match;
    if (a.type != b.type) return fault::dtypes_must_match;
    return check_domain(domain::floating, a.type);
}

/// The last `Count` axes of rank `Rank`, or the first ones.
template <int Count>
constexpr axis_list axes_at(int first) {
    axis_list list{Count, {}};
    for (int k = 0; k < Count; ++k) list.axes[k] = first + k;
    return list;
}

template <auto OfA, auto OfB, class A, class B>
constexpr auto tensordot_of(A a, B b) {
    if constexpr (is_poison<A> || is_poison<B>)
        return poison{};
    else if constexpr (constexpr fault found = check_tensordot(A::root(), B::root(), OfA, OfB); found != fault::none)
        return broken<found, "tensordot", facts_shown<found, A>, facts_shown<found, B>>;
    else
        return einsum_function<tensordot_text<A::rank, B::rank>(OfA, OfB)>{}(a, b);
}

} // namespace detail

/// Sums of products along some axes of both: `tensordot(a, b, axis<1, 2>, axis<0, 1>)` along axis 1 of a and 0 of b, 2 of a and 1 of b;
/// `tensordot(a, b, axes_count<2>)` along the last two of a and the first two of b.
/// @returns the other axes of `a`, then those of `b`. Derivative: that of the product.
/// **Fails when** the extents differ (`matmul_inner_dimensions_must_match`), an axis is out of range or named twice, or the numbers of axes
/// differ (`rank_must_fit`). Source: `tf.tensordot`.
struct tensordot_function {
    template <expression A, expression B, int... OfA, int... OfB>
    constexpr auto operator()(A a, B b, axis_t<OfA...>, axis_t<OfB...>) const {
        return detail::tensordot_of<axis_t<OfA...>::list, axis_t<OfB...>::list>(a, b);
    }
    template <expression A, expression B, int Count>
    constexpr auto operator()(A a, B b, axes_count_t<Count>) const {
        return detail::tensordot_of<detail::axes_at<Count>(-Count), detail::axes_at<Count>(0)>(a, b);
    }
};
inline constexpr tensordot_function tensordot{};

/// Products of matrices `[..., m, n]` with vectors `[..., n]`; the leading axes broadcast.
/// @returns `[..., m]`. Derivative: that of the product.
/// **Fails when** the extents differ (`letter_must_mean_one_extent`). Source: `tf.linalg.matvec`.
inline constexpr einsum_function<"...ij,...j->...i"> matvec{};

/// Scalar products of the vectors along the last axis; the leading axes broadcast.
/// @returns the leading axes. Derivative: that of the product.
/// **Fails when** the extents differ (`letter_must_mean_one_extent`). Source: `numpy.vecdot`.
inline constexpr einsum_function<"...i,...i->..."> vecdot{};

} // namespace ctgrad

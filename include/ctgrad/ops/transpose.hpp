// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/expr/constant_options.hpp>

namespace ctgrad {

/// An order of axes: `transpose(x, permutation<0, 2, 1>)`.
template <int... Axes>
struct permutation_t {
    static_assert(sizeof...(Axes) <= max_rank, "a tensor has at most 6 axes");
    static constexpr axis_list list{sizeof...(Axes), {Axes...}};
};
template <int... Axes>
inline constexpr permutation_t<Axes...> permutation{};

namespace detail {

/// Axis `From` in place `To`, the others behind each other as they were (`numpy.moveaxis`).
template <int From, int To>
struct moved_axis {
    static constexpr inference asked(const attributes& x) {
        const int rank = x.shape.rank, from = normalized(From, rank), to = normalized(To, rank);
        inference out;
        if (from < 0 || from >= rank || to < 0 || to >= rank) return {{}, fault::axis_must_be_in_range};
        for (int k = 0; k < rank; ++k) {
            const int other = k < to ? k : k - 1; // among those that are not moved
            out.result.numbers[k] = k == to ? from : other < from ? other : other + 1;
            out.result.shape.append(x.shape[out.result.numbers[k]]);
        }
        return out;
    }
};

template <class Order>
struct transpose_options {
    static constexpr phrase called(std::string_view) {
        phrase text("transpose");
        for (int i = 0; i < Order::list.count; ++i) text << (i ? "," : " permutation<") << Order::list.axes[i];
        return Order::list.count ? text << ">" : text;
    }
    static constexpr inference asked(const attributes& x) {
        const int rank = x.shape.rank;
        const axis_mask all = resolve(Order::list, rank);
        inference out;
        out.found = all.found;
        if (out.found == fault::none && Order::list.count != 0 && Order::list.count != rank) out.found = fault::rank_must_fit;
        if (out.found != fault::none) return out;
        for (int k = 0; k < rank; ++k) {
            const int from = Order::list.count == 0 ? rank - 1 - k : normalized(Order::list.axes[k], rank);
            out.result.numbers[k] = from;
            out.result.shape.append(x.shape[from]);
        }
        return out;
    }
};

} // namespace detail

/// `x` with its axes in reverse or in the given order: `transpose(x)`, `transpose(x, permutation<0, 2, 1>)`.
/// @returns axis k of the result is axis `permutation[k]` of `x`. Derivative: transposed back.
/// **Fails when** an axis is out of range or named twice, or one is missing (`rank_must_fit`). Source: `tf.transpose`.
struct transpose_function : constant_options<"transpose"> {
    using constant_options<"transpose">::operator();

    template <operand X, int... Axes>
    constexpr auto operator()(X x, permutation_t<Axes...> = {}) const {
        return apply<view_op, detail::transpose_options<permutation_t<Axes...>>>(x);
    }
};
inline constexpr transpose_function transpose{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/gather.hpp>
#include <ctgrad/ops/greater_equal.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/logical_and.hpp>
#include <ctgrad/ops/reshape.hpp>
#include <ctgrad/ops/slice.hpp>
#include <ctgrad/ops/where.hpp>

/// @file Elements and parts at computed places: read, added to, replaced.

namespace ctgrad {

/// Arguments: the function, the shapes of the tensor, of the indices and of the updates if there are any.
template <fact... F>
CTGRAD_RULE(updates_must_fit_rows, "of indices [..., K] updates have [...] and the axes behind K.")
inline constexpr poison broken<fault::updates_must_fit_rows, F...>{};

/// For each row of a table the position of the last index that is the row's, in row-major order; -1 where none is.
struct last_use_op {
    static constexpr char name[] = "last_use";
    static constexpr op_kind kind = op_kind::general;
    static constexpr int arity = 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        if (in[0]->type != dtype::int32) out.found = fault::dtype_must_be_integer;
        out.result.type = dtype::int32;
        return out;
    }
    template <class Out, class Index>
    static constexpr void evaluate(const attributes&, const strided<Out>& out, const strided<Index>& indices) {
        for_each_index(1, out.extent, [&](const std::int64_t* row) { out.at(row) = Out(-1); });
        std::int64_t position = 0;
        for_each_index(indices.rank, indices.extent, [&](const std::int64_t* index) {
            const std::int64_t row[] = {static_cast<std::int64_t>(indices.at(index))};
            if (row[0] >= 0 && row[0] < out.extent[0]) out.at(row) = static_cast<Out>(position);
            ++position;
        });
    }
};

namespace detail {

/// How many axes the indices count along; 0 if they are none.
template <class Indices>
constexpr int indexed_axes() {
    if constexpr (!is_expr<Indices>)
        return 0;
    else if constexpr (Indices::rank == 0)
        return 0;
    else {
        constexpr dimension last = Indices::shape()[Indices::rank - 1];
        return last.is_static() ? static_cast<int>(last.extent) : 0;
    }
}

/// Index `K` of the last axis, without it.
template <int K>
struct index_slice {
    static constexpr inference asked(const attributes& x) {
        inference out;
        out.result.shape = x.shape;
        out.result.shape[x.shape.rank - 1] = 1;
        out.result.numbers[x.shape.rank - 1] = K;
        return out;
    }
};
struct index_alone {
    static constexpr inference asked(const attributes& x) {
        inference out;
        for (int k = 0; k + 1 < x.shape.rank; ++k) {
            out.result.numbers[k] = k;
            out.result.shape.append(x.shape[k]);
        }
        return out;
    }
};

/// The first `K` axes as one: the rows that indices of K numbers choose from. Of one axis it may have any size.
template <int K>
struct table_of {
    static constexpr inference asked(const attributes& x) {
        inference out;
        if (K == 1) {
            out.result.shape = x.shape;
            return out;
        }
        std::int64_t rows = 1;
        for (int k = 0; k < K; ++k) rows *= x.shape[k].extent;
        out.result.shape.append(rows);
        for (int k = K; k < x.shape.rank; ++k) out.result.shape.append(x.shape[k]);
        return out;
    }
};
template <class Like>
struct shape_of_options {
    static constexpr inference asked(const attributes&) {
        inference out;
        out.result.shape = Like::shape();
        return out;
    }
};
/// The rows of `Like` as a table to be made from updates.
template <class Like, int K>
struct table_options {
    static constexpr inference asked(const attributes&, const attributes& = {}) {
        attributes tensor;
        tensor.shape = Like::shape();
        return table_of<K>::asked(tensor);
    }
};
template <class Like, int K>
struct first_axis_options {
    static constexpr inference asked(const attributes&) {
        inference out;
        out.result.shape.append(table_options<Like, K>::asked({}).result.shape[0]);
        return out;
    }
};

template <int N>
constexpr auto whole_number() {
    return literal<number_bits(static_cast<double>(N))>{};
}

/// The row that each index chooses; -1 where one of its numbers lies outside.
template <class Tensor, int K, int Count>
constexpr auto row_number(auto indices) {
    if constexpr (Count == 1)
        return apply<view_op, index_alone>(indices);
    else {
        const auto index = apply<view_op, index_alone>(apply<slice_op, index_slice<K>>(indices));
        constexpr int extent = static_cast<int>(Tensor::shape()[K].extent);
        const auto inside = logical_and(greater_equal(index, whole_number<0>()), less(index, whole_number<extent>()));
        if constexpr (K == 0)
            return where(inside, index, whole_number<-1>());
        else {
            const auto before = row_number<Tensor, K - 1, Count>(indices);
            const auto good = logical_and(inside, greater_equal(before, whole_number<0>()));
            return where(good, before * whole_number<extent>() + index, whole_number<-1>());
        }
    }
}
template <class Tensor, class Indices>
constexpr auto row_numbers(Tensor tensor, Indices indices) {
    constexpr int count = indexed_axes<Indices>();
    const auto rows = row_number<Tensor, count - 1, count>(indices);
    if constexpr (count == 1)
        return checked_indices<0>(rows, tensor);
    else
        return rows;
}

/// What is wrong with these indices of a tensor.
template <class Tensor, class Indices>
constexpr fault indices_fault() {
    constexpr int count = indexed_axes<Indices>();
    if (Indices::type() != dtype::int32) return fault::dtype_must_be_integer;
    if (count < 1 || count > Tensor::rank) return fault::updates_must_fit_rows;
    for (int k = 0; k < count && count > 1; ++k)
        if (!Tensor::shape()[k].is_static()) return fault::dimension_must_be_static;
    return fault::none;
}
template <class Tensor, class Indices, class Updates>
constexpr fault updates_fault() {
    if (const fault found = indices_fault<Tensor, Indices>(); found != fault::none) return found;
    if (Tensor::type() != Updates::type()) return fault::dtypes_must_match;
    tensor_shape wanted;
    for (int k = 0; k + 1 < Indices::rank; ++k) wanted.append(Indices::shape()[k]);
    for (int k = indexed_axes<Indices>(); k < Tensor::rank; ++k) wanted.append(Tensor::shape()[k]);
    return wanted == Updates::shape() ? fault::none : fault::updates_must_fit_rows;
}

/// Updates with one axis instead of those of the indices.
template <int Axes>
struct flat_updates {
    static constexpr inference asked(const attributes& updates) {
        inference out;
        if (Axes == 1) {
            out.result.shape = updates.shape;
            return out;
        }
        std::int64_t rows = 1;
        for (int k = 0; k < Axes; ++k) rows *= updates.shape[k].extent;
        out.result.shape.append(rows);
        for (int k = Axes; k < updates.shape.rank; ++k) out.result.shape.append(updates.shape[k]);
        return out;
    }
};
/// Whether each row of `kept` is replaced, for all its elements.
struct beside_rows {
    static constexpr inference asked(const attributes&, const attributes& kept) {
        inference out;
        out.result.shape = kept.shape;
        for (int k = 0; k < kept.shape.rank; ++k) out.result.numbers[k] = k == 0 ? 0 : -1;
        return out;
    }
};
/// What is wrong with replacing: the updates are counted.
template <class Tensor, class Indices, class Updates>
constexpr fault replacement_fault() {
    for (int k = 0; k + 1 < Indices::rank && Indices::rank > 2; ++k)
        if (!Indices::shape()[k].is_static()) return fault::dimension_must_be_static;
    return updates_fault<Tensor, Indices, Updates>();
}

template <fault Found, fact Name, class... X>
constexpr auto refuse_updates() {
    return broken<Found, Name, facts_shown<Found, X>...>;
}

} // namespace detail

/// Whether `tensor_scatter_nd_add(x, indices, updates)` fits together.
template <class X, class Indices, class Updates>
concept updatable = detail::updates_fault<X, Indices, Updates>() == fault::none;

/// Elements or parts of `x` at int32 indices of K numbers: result[i..., j...] = x[indices[i..., 0], ..., indices[i..., K - 1], j...].
/// @returns the shape of `indices` without its last axis, then the axes of `x` from K on. An index outside gives zeros; where K is 1 and
/// the indices are fed, a call throws `ctgrad::error`. Derivative: each element gets the sum of the gradients of its uses.
/// **Fails when** the indices are not int32, have more numbers than `x` has axes (`updates_must_fit_rows`), or K is above 1 and one of
/// these axes has a size that only the call knows (`dimension_must_be_static`). Source: `tf.gather_nd`.
struct gather_nd_function {
    template <expression X, expression Indices>
    constexpr auto operator()(X x, Indices indices) const {
        if constexpr (detail::is_poison<X> || detail::is_poison<Indices>)
            return poison{};
        else if constexpr (constexpr fault found = detail::indices_fault<X, Indices>(); found != fault::none)
            return detail::refuse_updates<found, show([] { return phrase("gather_nd"); }), X, Indices>();
        else
            return apply<gather_op>(apply<reshape_op, detail::table_of<detail::indexed_axes<Indices>()>>(x),
                                    detail::row_numbers(x, indices));
    }
};
inline constexpr gather_nd_function gather_nd{};

/// `x` with `updates` added at int32 indices of K numbers, where an index occurs twice both; one outside is left out.
/// @returns the shape and dtype of `x`. Derivatives: the gradient; its parts at the indices.
/// **Fails when** indices or updates do not fit (`updates_must_fit_rows`, `dtype_must_be_integer`, `dtypes_must_match`,
/// `dimension_must_be_static`). Source: `tf.tensor_scatter_nd_add`.
struct tensor_scatter_nd_add_function {
    template <expression X, expression Indices, expression Updates>
    constexpr auto operator()(X x, Indices indices, Updates updates) const {
        if constexpr (detail::is_poison<X> || detail::is_poison<Indices> || detail::is_poison<Updates>)
            return poison{};
        else if constexpr (constexpr fault found = detail::updates_fault<X, Indices, Updates>(); found != fault::none)
            return detail::refuse_updates<found, show([] { return phrase("tensor_scatter_nd_add"); }), X, Indices, Updates>();
        else {
            using table = detail::table_options<X, detail::indexed_axes<Indices>()>;
            const auto sums = apply<scatter_sum_op, table>(updates, detail::row_numbers(x, indices));
            return x + apply<reshape_op, detail::shape_of_options<X>>(sums);
        }
    }
};
inline constexpr tensor_scatter_nd_add_function tensor_scatter_nd_add{};

/// `x` with `updates` instead of what is at int32 indices of K numbers; where an index occurs twice the last counts, one outside is left
/// out.
/// @returns the shape and dtype of `x`. Derivatives: the gradient where nothing was replaced; its parts where an update stands.
/// **Fails when** indices or updates do not fit (`updates_must_fit_rows`, `dtype_must_be_integer`, `dtypes_must_match`,
/// `dimension_must_be_static`). Source: `tf.tensor_scatter_nd_update`.
struct tensor_scatter_nd_update_function {
    template <expression X, expression Indices, expression Updates>
    constexpr auto operator()(X x, Indices indices, Updates updates) const {
        if constexpr (detail::is_poison<X> || detail::is_poison<Indices> || detail::is_poison<Updates>)
            return poison{};
        else if constexpr (constexpr fault found = detail::replacement_fault<X, Indices, Updates>(); found != fault::none)
            return detail::refuse_updates<found, show([] { return phrase("tensor_scatter_nd_update"); }), X, Indices, Updates>();
        else {
            constexpr int count = detail::indexed_axes<Indices>();
            const auto use = apply<last_use_op, detail::first_axis_options<X, count>>(detail::row_numbers(x, indices));
            const auto replaced = apply<gather_op>(apply<reshape_op, detail::flat_updates<Indices::rank - 1>>(updates), use);
            const auto kept = apply<reshape_op, detail::table_of<count>>(x);
            const auto is_replaced = apply_like<view_op, detail::beside_rows>(greater_equal(use, detail::whole_number<0>()), kept);
            return apply<reshape_op, detail::shape_of_options<X>>(where(is_replaced, replaced, kept));
        }
    }
};
inline constexpr tensor_scatter_nd_update_function tensor_scatter_nd_update{};

} // namespace ctgrad

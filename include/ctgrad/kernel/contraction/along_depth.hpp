// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/deep_sums.hpp>
#include <ctgrad/kernel/contraction/transpose.hpp>

namespace ctgrad::detail {

/// The lanes of x, then of y: the even or odd ones of groups of `Group`.
template <int Odd, int Group, class T, int W, int... I>
[[gnu::always_inline]] inline simd::vec<T, W> every_second(simd::vec<T, W> x, simd::vec<T, W> y, simd::detail::index_pack<int, I...>) {
    return simd::vec<T, W>{__builtin_shufflevector(x.native, y.native, ((I / Group * 2 + Odd) * Group + I % Group)...)};
}

/// Sums of the lanes of x[0], x[1], ... x[Count - 1] in the first `Count` lanes of x[0]: in log2(W)
/// rounds, each of which adds halves of two vecs at once.
template <int Count, int Group, class T, int W>
[[gnu::always_inline]] inline void reduce_together(simd::vec<T, W>* x) {
    constexpr simd::detail::indices<W> all{};
    unrolled(up_to<(Count + 1) / 2>, [&]<int I>() __attribute__((always_inline)) {
        const simd::vec<T, W> first = x[2 * I], second = x[2 * I + 1 < Count ? 2 * I + 1 : 2 * I];
        x[I] = every_second<0, Group>(first, second, all) + every_second<1, Group>(first, second, all);
    });
    if constexpr (Group > 1) reduce_together<(Count + 1) / 2, Group / 2>(x);
}

/// `Rows` rows of a product with few columns, lanes along the depth: each sum is spread over the lanes of
/// a register until the end.
template <class T, int Rows, int Columns>
struct depth_lanes_tile {
    static constexpr int W = simd::native_lanes<T>;
    static constexpr int size = Rows * Columns;
    counted<full_vec<T>, size> sum;

    [[gnu::always_inline]] void clear() { clear(up_to<size>); }
    /// Adds `n` <= W products of each element; b is transposed.
    [[gnu::always_inline]] void add_products(const T* a, std::int64_t a_stride, const T* b, std::int64_t b_stride, int n) {
        add_products(up_to<Rows>, up_to<Columns>, a, a_stride, b, b_stride, n);
    }
    [[gnu::always_inline]] void store(T* to, std::int64_t row_stride) { store(up_to<(Rows * vectors)>, to, row_stride); }

private:
    static constexpr int vectors = (Columns + W - 1) / W;

    template <int... I>
    [[gnu::always_inline]] void clear(index_pack<I...>) {
        ((sum[I] = full_vec<T>(T(0))), ...);
    }
    template <int... R, int... C>
    [[gnu::always_inline]] void add_products(index_pack<R...> rows, index_pack<C...>, const T* a, std::int64_t a_stride, const T* b,
                                             std::int64_t b_stride, int n) {
        const full_vec<T> x[] = {load_first<T>(a + R * a_stride, n)...};
        (add_column<C>(rows, x, load_first<T>(b + C * b_stride, n)), ...);
    }
    template <int C, int... R>
    [[gnu::always_inline]] void add_column(index_pack<R...>, const full_vec<T>* x, full_vec<T> y) {
        if constexpr (Rows > 1) simd::detail::load_once(y.native);
        ((sum[R * Columns + C] = simd::fma(x[R], y, sum[R * Columns + C])), ...);
    }
    template <int... I>
    [[gnu::always_inline]] void store(index_pack<I...>, T* to, std::int64_t row_stride) {
        (store_vector<I / vectors, I % vectors>(to + I / vectors * row_stride), ...);
    }
    template <int R, int V>
    [[gnu::always_inline]] void store_vector(T* to) {
        constexpr int count = V + 1 < vectors ? W : Columns - V * W;
        reduce_together<count, W / 2>(sum + R * Columns + V * W);
        store_first<T>(to + V * W, sum[R * Columns + V * W], count);
    }
};

template <class T, int Rows, int Columns, class Depth, class Sight>
[[gnu::always_inline]] inline void contract_rows_along_depth(const T* a, std::int64_t a_stride, const T* b, std::int64_t b_stride,
                                                             Depth depth, T* c, std::int64_t c_stride, Sight& sight) {
    constexpr int W = simd::native_lanes<T>;
    depth_lanes_tile<T, Rows, Columns> tile;
    sum_over_depth<W>(type_tag<T>{}, tile, depth, [&](std::int64_t k, std::int64_t n) __attribute__((always_inline)) {
        const std::int64_t end = k + n;
        for (; k + W <= end; k += W) tile.add_products(a + k, a_stride, b + k, b_stride, W);
        if (k < end) tile.add_products(a + k, a_stride, b + k, b_stride, static_cast<int>(end - k));
    });
    look_at<Rows * Columns>(sight, &tile.sum[0]);
    tile.store(c, c_stride);
}

/// The rows from `first` on, `count` of them, of c = a b, where the rows of a and the columns of b have
/// adjacent elements. Blocks have up to 64 rows.
template <class T, int Columns, class Count, class Depth, class Sink>
[[gnu::always_inline]] inline void contract_along_depth(const matrix<const T>& a, const T* b, std::int64_t b_stride, std::int64_t first,
                                                        Count count, Depth depth, Sink& sink) {
    constexpr int most = this_target.sums_in_registers() / Columns, block = this_target.block_rows;
    constexpr int tile = most >= 8 ? 8 : most >= 4 ? 4 : most >= 2 ? 2 : 1;
    const std::int64_t end = first + count;
    auto&& sight = sight_of(sink);
    for (std::int64_t i = first; i < end; i += block) {
        const int rows = static_cast<int>(end - i < block ? end - i : block);
        T* const to = sink.block(i, 0);
        int at = 0;
        for (; at + tile <= rows; at += tile)
            contract_rows_along_depth<T, tile, Columns>(a.at(i + at, 0), a.row_stride, b, b_stride, depth, to + at * sink.row_stride,
                                                        sink.row_stride, sight);
        if constexpr (tile > 1 && (fixed_value<Count> < 0 || fixed_value<Count> % tile > 0))
            for (; at < rows; ++at)
                contract_rows_along_depth<T, 1, Columns>(a.at(i + at, 0), a.row_stride, b, b_stride, depth, to + at * sink.row_stride,
                                                         sink.row_stride, sight);
        sink.done(i, rows, 0, Columns);
    }
}

} // namespace ctgrad::detail

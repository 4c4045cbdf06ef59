// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/kernel/contraction/matrix.hpp>
#include <ctgrad/kernel/unrolled.hpp>
#include <ctgrad/plan/target.hpp>
#include <ctgrad/simd/fma.hpp>
#include <ctgrad/simd/memory.hpp>

#include <type_traits>

namespace ctgrad::detail {

/// The lanes of the widest register.
template <class T>
using full_vec = simd::vec<T, simd::native_lanes<T>>;

/// The first `n` <= W elements: all without a mask where the compiler knows that n == W.
template <class T>
[[gnu::always_inline]] inline full_vec<T> load_first(const T* from, int n) {
    return n == simd::native_lanes<T> ? simd::load<full_vec<T>>(from) : simd::load_partial<full_vec<T>>(from, static_cast<std::size_t>(n));
}
template <class T>
[[gnu::always_inline]] inline void store_first(T* to, full_vec<T> x, int n) {
    if (n == simd::native_lanes<T>)
        simd::store(to, x);
    else
        simd::store_partial(to, x, static_cast<std::size_t>(n));
}

/// How many parts a sum is kept in so that enough of them are under way: two multiplications begin in each
/// cycle and take four. `sums` are there, `depth` numbers are added, -1 where it is not known.
constexpr int chains_for(int sums, std::int64_t depth) {
    const int wanted = sums >= 8 ? 1 : sums >= 4 ? 2 : 4;
    return depth >= 0 && depth < 2 * wanted ? 1 : wanted;
}

/// How many of `left` rows go into the next block: up to a block, and none so few that they make no tile.
template <int Tile>
constexpr int rows_of_block(std::int64_t left) {
    static_assert(Tile <= 32);
    constexpr int block = this_target.block_rows, most = block / Tile * Tile;
    return left <= block ? static_cast<int>(left) : left < most + Tile ? most - Tile : most;
}

/// Calls f(i) for tiles of the rows [i, i + Tile) that cover [first, rows), rows >= Tile; the last may overlap
/// the one before it, so that there is but one body.
template <int Tile, class F>
[[gnu::always_inline]] inline void for_each_tile(int first, int rows, const F& f) {
    for (int i = first; i < rows; i += Tile) f(i + Tile <= rows ? i : rows - Tile);
}

/// Rows of b with adjacent elements, in their place or packed; `last` elements of the last vector of each may be read.
template <class T>
struct row_panel {
    const T* data;
    std::int64_t stride;
    int last;
};

/// Whether rows of b of so many elements serve as they are: adjacent, and no vector partly filled or masks at hand.
template <class T>
constexpr bool rows_in_place(adjacent b, std::int64_t columns) {
    return b == adjacent::in_rows && (columns % simd::native_lanes<T> == 0 || sizeof(full_vec<T>) == 64);
}

/// How many of `n` > 0 elements lie in the last vector.
template <class T>
constexpr int last_lanes(std::int64_t n) {
    return static_cast<int>((n - 1) % simd::native_lanes<T> + 1);
}

/// Calls `step.template operator()<C>()` `depth` times, with C = 0, 1, ... Chains - 1 in turn.
template <int Chains, class Step>
[[gnu::always_inline]] inline void add_in_chains(std::int64_t depth, const Step& step) {
    std::int64_t k = depth;
    for (; k >= Chains; k -= Chains) unrolled(up_to<Chains>, step);
    unrolled(up_to<(Chains - 1)>, [&]<int C>() __attribute__((always_inline)) {
        if (C < k) step.template operator()<C>();
    });
}
/// Adds the later chains of `Size` sums each to the first.
template <int Chains, int Size, class V>
[[gnu::always_inline]] inline void add_chains(V* sum) {
    [&]<int... I>(index_pack<I...>)
        __attribute__((always_inline)) { ((sum[I % Size] = sum[I % Size] + sum[I + Size]), ...); }(up_to<(Chains - 1) * Size>);
}

/// What has been seen of results while they were registers, of a sink that wants it (`looks_at_registers`): their sum.
struct unseen {};
template <class Sink>
[[gnu::always_inline]] inline decltype(auto) sight_of(Sink& sink) {
    if constexpr (requires { requires Sink::looks_at_registers; })
        return (sink.looked_at);
    else
        return unseen{};
}

template <int Count, class Sight, class V>
[[gnu::always_inline]] inline void look_at([[maybe_unused]] Sight& sight, [[maybe_unused]] const V* results) {
    if constexpr (!std::is_same_v<Sight, unseen>)
        [&]<int... I>(index_pack<I...>) __attribute__((always_inline)) { ((sight = sight + results[I]), ...); }(up_to<Count>);
}

/// `Rows` rows and `Vectors` vectors of columns of a result, in registers. The sum of each element goes
/// through the depth in order, or is kept in `Chains` parts that do. Of one part, blocks of depth give the bits of one pass.
template <class T, int Rows, int Vectors, int Chains = 1>
struct register_tile {
    static constexpr int W = simd::native_lanes<T>;
    static constexpr int size = Rows * Vectors;
    counted<full_vec<T>, Chains * size> sum;

    [[gnu::always_inline]] void clear() { clear(up_to<(Chains * size)>); }
    /// Of the last vector, `last` lanes count.
    [[gnu::always_inline]] void load(const T* from, std::int64_t row_stride, int last) {
        static_assert(Chains == 1);
        load(up_to<size>, from, row_stride, last);
    }
    [[gnu::always_inline]] void store(T* to, std::int64_t row_stride, int last) const { store(up_to<size>, to, row_stride, last); }
    /// Adds what is there.
    [[gnu::always_inline]] void add_stored(const T* from, std::int64_t row_stride, int last) {
        add_stored(up_to<size>, from, row_stride, last);
    }
    /// Stores `Count` vectors of the only row, from `First` on.
    template <int First, int Count>
    [[gnu::always_inline]] void store(T* to) const {
        static_assert(Rows == 1);
        [&]<int... V>(index_pack<V...>) __attribute__((always_inline)) { (simd::store(to + V * W, sum[First + V]), ...); }(up_to<Count>);
    }
    /// Adds a b, where the columns of b are adjacent and `last` of the last vector are read.
    [[gnu::always_inline]] void add_product(const matrix<const T>& a, const T* b, std::int64_t b_stride, std::int64_t depth, int last) {
        const T* from = a.data;
        const auto step = [&]<int C>() __attribute__((always_inline)) {
            add_outer<C>(up_to<Rows>, up_to<Vectors>, from, a.row_stride, b, last);
            b += b_stride;
            from += a.column_stride;
        };
        add_in_chains<Chains>(depth, step);
        add_chains<Chains, size>(sum);
    }

private:
    // Each of these is one function for all elements: a compiler takes as long for a function as for what it does.
    template <int... I>
    [[gnu::always_inline]] void clear(index_pack<I...>) {
        ((sum[I] = full_vec<T>(T(0))), ...);
    }
    template <int... I>
    [[gnu::always_inline]] void load(index_pack<I...>, const T* from, std::int64_t row_stride, int last) {
        ((sum[I] = load_first<T>(from + I / Vectors * row_stride + I % Vectors * W, (I + 1) % Vectors == 0 ? last : W)), ...);
    }
    template <int... I>
    [[gnu::always_inline]] void store(index_pack<I...>, T* to, std::int64_t row_stride, int last) const {
        (store_first<T>(to + I / Vectors * row_stride + I % Vectors * W, sum[I], (I + 1) % Vectors == 0 ? last : W), ...);
    }
    template <int... I>
    [[gnu::always_inline]] void add_stored(index_pack<I...>, const T* from, std::int64_t row_stride, int last) {
        ((sum[I] = load_first<T>(from + I / Vectors * row_stride + I % Vectors * W, (I + 1) % Vectors == 0 ? last : W) + sum[I]), ...);
    }
    /// Adds the product of a column, whose elements are `stride` apart, and a row to chain `C`.
    template <int C, int... R, int... V>
    [[gnu::always_inline]] void add_outer(index_pack<R...>, index_pack<V...> columns, const T* column, std::int64_t stride, const T* row,
                                          int last) {
        const full_vec<T> of_row[] = {load_first<T>(row + V * W, V + 1 == Vectors ? last : W)...};
        (add_row<C * size + R * Vectors>(columns, full_vec<T>(column[R * stride]), of_row), ...);
    }
    template <int First, int... V>
    [[gnu::always_inline]] void add_row(index_pack<V...>, const full_vec<T>& factor, const full_vec<T>* row) {
        ((sum[First + V] = simd::fma(factor, row[V], sum[First + V])), ...);
    }
};

} // namespace ctgrad::detail

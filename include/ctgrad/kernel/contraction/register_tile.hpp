// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/kernel/contraction/matrix.hpp>
#include <ctgrad/simd/fma.hpp>
#include <ctgrad/simd/memory.hpp>

namespace ctgrad::detail {

/// The lanes of the widest register.
template <class T>
using full_vec = simd::vec<T, simd::native_lanes<T>>;

/// How many vector registers the machine has.
#if defined(__AVX512F__) || defined(__aarch64__)
inline constexpr int vector_registers = 32;
#else
inline constexpr int vector_registers = 16;
#endif

/// Calls `f.template operator()<I>()` for I = 0, 1, ... N - 1: unrolled by the compiler's front end, so
/// that arrays indexed by I are registers whatever the optimiser's limits.
template <class F, int... I>
[[gnu::always_inline]] inline void unrolled_over(const F& f, simd::detail::index_pack<int, I...>) {
    (f.template operator()<I>(), ...);
}
template <int N, class F>
[[gnu::always_inline]] inline void unrolled(const F& f) {
    unrolled_over(f, simd::detail::indices<N>{});
}

/// The first `n` <= W elements: all without a mask where the compiler knows that n == W.
template <class T>
[[gnu::always_inline]] inline full_vec<T> load_first(const T* from, int n) {
    return n == simd::native_lanes<T> ? simd::load<full_vec<T>>(from)
                                      : simd::load_partial<full_vec<T>>(from, static_cast<std::size_t>(n));
}
template <class T>
[[gnu::always_inline]] inline void store_first(T* to, full_vec<T> x, int n) {
    if (n == simd::native_lanes<T>)
        simd::store(to, x);
    else
        simd::store_partial(to, x, static_cast<std::size_t>(n));
}

/// Has `x`, which is used several times, loaded once. g++ 12 would fold the load into each use, and a
/// second load port is then what limits the loop; remove this when it does not.
template <class V>
[[gnu::always_inline]] inline void load_once([[maybe_unused]] V& x) {
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__)
    asm("" : "+v"(x.native));
#endif
}

/// `Rows` rows and `Vectors` vectors of columns of a result, in registers. The sum of each element goes
/// through the depth in order, so that blocks of depth give the bits of one pass.
template <class T, int Rows, int Vectors>
struct register_tile {
    static constexpr int W = simd::native_lanes<T>;
    counted<full_vec<T>, Rows * Vectors> sum;

    [[gnu::always_inline]] void clear() {
        unrolled<Rows * Vectors>([&]<int I>() __attribute__((always_inline)) { sum[I] = full_vec<T>(T(0)); });
    }
    /// Of the last vector, `last` lanes count.
    [[gnu::always_inline]] void load(const T* from, std::int64_t row_stride, int last) {
        unrolled<Rows * Vectors>([&]<int I>() __attribute__((always_inline)) {
            constexpr int r = I / Vectors, v = I % Vectors;
            sum[I] = load_first<T>(from + r * row_stride + v * W, v + 1 == Vectors ? last : W);
        });
    }
    [[gnu::always_inline]] void store(T* to, std::int64_t row_stride, int last) const {
        unrolled<Rows * Vectors>([&]<int I>() __attribute__((always_inline)) {
            constexpr int r = I / Vectors, v = I % Vectors;
            store_first<T>(to + r * row_stride + v * W, sum[I], v + 1 == Vectors ? last : W);
        });
    }
    /// Adds a b, where the columns of b are adjacent and `last` of the last vector are read; depth > 0.
    [[gnu::always_inline]] void add_product(const matrix<const T>& a, const T* b, std::int64_t b_stride, std::int64_t depth, int last) {
        const T* from = a.data;
        std::int64_t k = depth;
        do {
            counted<full_vec<T>, Vectors> row;
            unrolled<Vectors>([&]<int V>() __attribute__((always_inline)) {
                row[V] = load_first<T>(b + V * W, V + 1 == Vectors ? last : W);
            });
            full_vec<T> factor;
            unrolled<Rows * Vectors>([&]<int I>() __attribute__((always_inline)) {
                if constexpr (I % Vectors == 0) factor = full_vec<T>(from[I / Vectors * a.row_stride]);
                sum[I] = simd::fma(factor, row[I % Vectors], sum[I]);
            });
            b += b_stride;
            from += a.column_stride;
        } while (--k > 0);
    }
};

} // namespace ctgrad::detail

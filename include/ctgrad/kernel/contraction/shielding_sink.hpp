// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/contract.hpp>
#include <ctgrad/kernel/contraction/matrix.hpp>
#include <ctgrad/kernel/contraction/register_tile.hpp>
#include <ctgrad/simd/any.hpp>

#include <cstdint>

namespace ctgrad::detail {

/// Whether one of `n` numbers is NaN, or some are infinite of both signs: their sum says it.
template <class T>
[[gnu::always_inline]] inline bool may_hold_nan(const T* x, std::int64_t n) {
    constexpr int W = simd::native_lanes<T>, abreast = 8; // additions take four cycles, and two begin in each
    counted<full_vec<T>, abreast> sum;
    for (full_vec<T>& each : sum) each = full_vec<T>(T(0));
    std::int64_t i = 0;
    for (; i + abreast * W <= n; i += abreast * W)
        unrolled(up_to<abreast>, [&]<int I>() __attribute__((always_inline)) { sum[I] = sum[I] + simd::load<full_vec<T>>(x + i + I * W); });
    for (; i + W <= n; i += W) sum[0] = sum[0] + simd::load<full_vec<T>>(x + i);
    if (i < n) sum[1] = sum[1] + simd::load_partial<full_vec<T>>(x + i, static_cast<std::size_t>(n - i));
    add_chains<abreast, 1>(&sum[0]);
    return simd::any(sum[0] != sum[0]);
}

/// A block of a product once more, element by element: a term with a meant zero (`shields_of`) is 0, though its other
/// factor be infinite or NaN. `place(r, c)` is where an element lies in `to`.
template <int Shields, class T, class Place>
[[gnu::noinline, gnu::cold]] void multiply_shielded(const matrix<const T>& a, const matrix<const T>& b, std::int64_t rows,
                                                    std::int64_t depth, std::int64_t columns, T* to, const Place& place) {
    for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t c = 0; c < columns; ++c) {
            T sum = 0;
            for (std::int64_t k = 0; k < depth; ++k) {
                const T x = *a.at(r, k), y = *b.at(k, c);
                if (((Shields & 1) == 0 || x != 0) && ((Shields & 2) == 0 || y != 0)) sum += x * y;
            }
            to[place(r, c)] = sum;
        }
}

/// Looks through the results of a product whose operands have meant zeros before they go on to `Sink`: 0 times what is
/// infinite or NaN shows in a block as NaN, and such a block is computed once more.
/// @tparam Method how the product is computed: small ones have their results looked at while those are registers (`look_at`),
/// as what has just been stored in pieces cannot be loaded as vectors at once; plain ones keep zeros by themselves.
template <int Shields, contraction_method Method, class T, class Sink>
struct shielding_sink {
    static constexpr bool keeps_blocks = Sink::keeps_blocks;
    static constexpr bool takes_tiles = Sink::takes_tiles;
    static constexpr int shields = Shields;
    static constexpr bool in_blocks = Method == contraction_method::by_rows || Method == contraction_method::by_strips;
    static constexpr bool looks_at_registers = !in_blocks && Method != contraction_method::plain;
    Sink& to;
    matrix<const T> a, b;
    std::int64_t depth;
    std::int64_t row_stride;
    full_vec<T> looked_at{full_vec<T>(T(0))}; ///< The sum of what was in registers.

    [[gnu::always_inline]] T* block(std::int64_t i, std::int64_t j) const { return to.block(i, j); }
    [[gnu::always_inline]] void done(std::int64_t i, std::int64_t r, std::int64_t j, std::int64_t n) {
        T* const made = to.block(i, j);
        if (is_suspect(made, r, n)) [[unlikely]] {
            repair(a.from(i, 0), b.from(0, j), r, depth, n, made, row_stride);
            looked_at = full_vec<T>(T(0));
        }
        to.done(i, r, j, n);
    }

private:
    static constexpr int W = simd::native_lanes<T>;

    [[gnu::always_inline]] bool is_suspect(const T* made, std::int64_t r, std::int64_t n) const {
        if constexpr (looks_at_registers) return simd::any(looked_at != looked_at);
        bool found = false;
        if constexpr (in_blocks)
            for (std::int64_t k = 0; k < r; ++k) found = found || may_hold_nan(made + k * row_stride, n);
        return found;
    }
    /// It takes copies, so that the members can stay in registers.
    [[gnu::noinline, gnu::cold]] static void repair(matrix<const T> a, matrix<const T> b, std::int64_t r, std::int64_t depth,
                                                    std::int64_t n, T* made, std::int64_t row_stride) {
        multiply_shielded<Shields>(a, b, r, depth, n, made, [n, row_stride](std::int64_t row, std::int64_t column) {
            return takes_tiles ? (row / W * n + column) * W + row % W : row * row_stride + column;
        });
    }
};

} // namespace ctgrad::detail

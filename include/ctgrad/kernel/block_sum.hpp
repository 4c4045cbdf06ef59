// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/running_sums.hpp>
#include <ctgrad/simd/double_word.hpp>
#include <ctgrad/simd/memory.hpp>
#include <ctgrad/simd/to_double.hpp>

#include <cstdint>

/// @file The second level of long sums. Registers, or results in memory, add up to `longest_chain` terms one after the
/// other, a block; the sums of blocks are added here, floats in double, doubles with their rounding errors (Neumaier).
/// So the error of a sum does not grow with its length. Short sums never come here.

namespace ctgrad::detail {

/// A sum of blocks; it begins with `none`.
template <class T>
struct block_sum {
    double sum;

    static constexpr block_sum none() { return {-0.0}; } // as the neutral element of sums
    [[gnu::always_inline]] void add(T block) { sum += static_cast<double>(block); }
    [[gnu::always_inline]] block_sum& operator+=(T term) {
        add(term);
        return *this;
    }
    [[gnu::always_inline]] T value() const { return static_cast<T>(sum); }
};
template <>
struct block_sum<double> {
    double sum, error;

    static constexpr block_sum none() { return {-0.0, 0}; }
    [[gnu::always_inline]] void add(double block) {
        const simd::detail::double_word<double> both = simd::detail::two_sum(sum, block);
        sum = both.hi;
        error += both.lo;
    }
    [[gnu::always_inline]] block_sum& operator+=(double term) {
        add(term);
        return *this;
    }
    /// The error of an infinite sum is no number.
    [[gnu::always_inline]] double value() const { return error > 0 || error < 0 ? sum + error : sum; }
};

/// Adds each element of a vec to a sum of its own.
template <int W>
[[gnu::always_inline]] inline void add_blocks(block_sum<float>* to, simd::vec<float, W> blocks) {
    using half = simd::vec<double, W / 2>;
    double* sums = &to->sum;
    simd::store(sums, simd::load<half>(sums) + simd::detail::to_double(lower(blocks)));
    simd::store(sums + W / 2, simd::load<half>(sums + W / 2) + simd::detail::to_double(upper(blocks)));
}
template <class T, int W>
[[gnu::always_inline]] inline void add_blocks(block_sum<T>* to, simd::vec<T, W> blocks) {
    for (int i = 0; i < W; ++i) to[i].add(blocks[i]);
}
template <class T>
[[gnu::always_inline]] inline void add_blocks(block_sum<T>* to, T block) {
    to->add(block);
}

/// Adds an element in memory to a sum of its own, and begins it anew.
template <class T>
[[gnu::always_inline]] inline void settle_block(block_sum<T>* to, T* block) {
    to->add(*block);
    *block = T(-0.0);
}
/// The same with `n` elements.
template <class T>
[[gnu::noinline, CTGRAD_OPTIMIZED]] inline void settle_blocks(block_sum<T>* to, T* blocks, std::int64_t n) {
    using vector = simd::vec<T, simd::native_lanes<T>>;
    const std::int64_t whole = n - n % vector::lanes;
    for (std::int64_t i = 0; i < whole; i += vector::lanes) {
        add_blocks(to + i, simd::load<vector>(blocks + i));
        simd::store(blocks + i, vector(T(-0.0)));
    }
    for (std::int64_t i = whole; i < n; ++i) settle_block(to + i, blocks + i);
}
/// Adds the last blocks, and leaves the sums of all in their place.
template <class T>
[[gnu::noinline, CTGRAD_OPTIMIZED]] inline void finish_blocks(block_sum<T>* to, T* blocks, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) {
        to[i].add(blocks[i]);
        blocks[i] = to[i].value();
    }
}
/// Leaves the sums of blocks in their place.
template <class T>
[[gnu::noinline, CTGRAD_OPTIMIZED]] inline void store_blocks(const block_sum<T>* from, T* to, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) to[i] = from[i].value();
}
template <class T>
[[gnu::noinline, CTGRAD_OPTIMIZED]] inline void clear_blocks(block_sum<T>* to, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) to[i] = block_sum<T>::none();
}

} // namespace ctgrad::detail

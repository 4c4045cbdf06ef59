// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/block_sum.hpp>
#include <ctgrad/kernel/contraction/register_tile.hpp>

/// @file Products of great depth, such as those over a batch. Registers add up a piece of the depth; the pieces of a
/// section are added in the first-level cache, and sections as blocks of any long sum. The three take some percent.

namespace ctgrad::detail {

/// Up to this depth a product is summed in one pass: where the depth is known, and where it is known at run time.
inline constexpr std::int64_t longest_known_pass = 1024, longest_pass = 256;
/// The depth of a section.
inline constexpr std::int64_t section_depth = 1024;
/// The depth of a piece.
inline constexpr std::int64_t piece_depth = longest_chain;

/// Whether a product of that depth, -1 if it is not known, may need pieces.
constexpr bool can_be_deep(std::int64_t depth) { return depth < 0 || depth > longest_known_pass; }

/// Sums of pieces for as many elements as `Size` vectors have.
template <class T, int Size>
class deep_sums {
    static constexpr std::int64_t count = std::int64_t{Size} * simd::native_lanes<T>;

public:
    /// Adds piece number `piece`.
    [[gnu::always_inline]] void add(std::int64_t piece, const full_vec<T>* sum) {
        if (piece == 0) clear_blocks(sections_, count);
        const bool begins = piece % (section_depth / piece_depth) == 0;
        if (begins && piece > 0) settle_blocks(sections_, section_, count);
        add_to_section(up_to<Size>, begins, sum);
    }
    [[gnu::always_inline]] void finish(full_vec<T>* sum) {
        finish_blocks(sections_, section_, count);
        load_section(up_to<Size>, sum);
    }

private:
    template <int... I>
    [[gnu::always_inline]] void add_to_section(index_pack<I...>, bool begins, const full_vec<T>* sum) {
        constexpr int W = simd::native_lanes<T>;
        (simd::store(section_ + I * W, begins ? sum[I] : simd::load<full_vec<T>>(section_ + I * W) + sum[I]), ...);
    }
    template <int... I>
    [[gnu::always_inline]] void load_section(index_pack<I...>, full_vec<T>* sum) {
        ((sum[I] = simd::load<full_vec<T>>(section_ + I * simd::native_lanes<T>)), ...);
    }
    alignas(64) T section_[static_cast<std::size_t>(count)];
    alignas(64) block_sum<T> sections_[static_cast<std::size_t>(count)];
};

/// Has `tile` hold the sums over `depth`: `add(k, n)` adds n products from k on. Lanes along the depth are as many sums,
/// and make pieces longer.
template <int Lanes = 1, class T, class Tile, class Depth, class Add>
[[gnu::always_inline]] inline void sum_over_depth(type_tag<T>, Tile& tile, Depth depth, const Add& add) {
    tile.clear();
    if constexpr (!can_be_deep(fixed_value<Depth>))
        add(0, depth);
    else {
        deep_sums<T, Tile::size> pieces;
        constexpr std::int64_t piece = piece_depth * Lanes;
        const bool in_one = depth <= longest_pass * Lanes;
        for (std::int64_t k = 0, number = 0;; ++number) {
            const std::int64_t left = depth - k, n = in_one || left < piece ? left : piece;
            add(k, n);
            if (in_one) return;
            pieces.add(number, &tile.sum[0]);
            k += n;
            if (k == depth) return pieces.finish(&tile.sum[0]);
            tile.clear();
        }
    }
}

} // namespace ctgrad::detail

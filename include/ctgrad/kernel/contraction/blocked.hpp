// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/deep_sums.hpp>
#include <ctgrad/kernel/contraction/pack.hpp>

namespace ctgrad::detail {

/// What the product of a panel does with the result so far: replaces it, continues its sums, or makes sums of its
/// own and adds them.
enum class panel_result : std::uint8_t { replaces, continues, adds };

/// Products of any size: strips of columns times blocks of depth, packed into a panel on the stack that
/// stays in the first-level cache while all rows pass by. What is here depends on the element type only,
/// so that all programs share it.
template <class T>
struct blocked {
    static constexpr int W = simd::native_lanes<T>;
    static constexpr int tile_rows = this_target.vector_registers / 4;
    static constexpr int strip_columns = 3 * W;
    static constexpr int chunk_rows = this_target.block_rows;
    static constexpr int panel_depth = static_cast<int>(this_target.panel) / (strip_columns * static_cast<int>(sizeof(T)));
    /// Where depth takes several panels and a block must be done at once, so many rows share the packing.
    static constexpr int deep_chunk_rows = 2 * chunk_rows;
    /// How many strips of a single row go side by side, so that b is read in long pieces.
    static constexpr int strips_of_one_row = (this_target.vector_registers - 1) / 6;

    /// The result c [rows, n], n <= strip_columns, of a and a panel, joined to what is there.
    [[gnu::noinline, CTGRAD_OPTIMIZED]] static void multiply(const matrix<const T>& a, const row_panel<T>& b, T* c, std::int64_t c_stride,
                                                             std::int64_t rows, std::int64_t depth, int n, panel_result how) {
        if (n > 2 * W)
            multiply_vectors<3>(a, b, c, c_stride, rows, depth, n - 2 * W, how);
        else if (n > W)
            multiply_vectors<2>(a, b, c, c_stride, rows, depth, n - W, how);
        else
            multiply_vectors<1>(a, b, c, c_stride, rows, depth, n, how);
    }

    /// Whether rows of b are read where they are: they can be, and are either so near each other that they
    /// do not share sets of the cache, or read but once.
    static bool in_place(const matrix<const T>& b, std::int64_t rows, std::int64_t columns) {
        constexpr std::int64_t near = this_target.near_rows / static_cast<std::int64_t>(sizeof(T));
        return b.column_stride == 1 && rows_in_place<T>(adjacent::in_rows, columns) && (b.row_stride <= near || rows <= tile_rows);
    }

private:
    template <int Vectors>
    [[gnu::always_inline]] static void multiply_vectors(const matrix<const T>& a, const row_panel<T>& b, T* c, std::int64_t c_stride,
                                                        std::int64_t rows, std::int64_t depth, int last, panel_result how) {
        std::int64_t i = 0;
        for (; i + tile_rows <= rows; i += tile_rows)
            multiply_tile<tile_rows, Vectors>(a.from(i, 0), b, c + i * c_stride, c_stride, depth, last, how);
        if (i + tile_rows / 2 <= rows) {
            multiply_tile<tile_rows / 2, Vectors>(a.from(i, 0), b, c + i * c_stride, c_stride, depth, last, how);
            i += tile_rows / 2;
        }
        for (; i < rows; ++i) multiply_tile<1, Vectors>(a.from(i, 0), b, c + i * c_stride, c_stride, depth, last, how);
    }

    template <int Rows, int Vectors>
    [[gnu::always_inline]] static void multiply_tile(const matrix<const T>& a, const row_panel<T>& b, T* c, std::int64_t c_stride,
                                                     std::int64_t depth, int last, panel_result how) {
        register_tile<T, Rows, Vectors> tile;
        if (how == panel_result::continues)
            tile.load(c, c_stride, last);
        else
            tile.clear();
        tile.add_product(a, b.data, b.stride, depth, b.last);
        if (how == panel_result::adds) tile.add_stored(c, c_stride, last);
        tile.store(c, c_stride, last);
    }
};

/// The rows from `first` on, `rows` of them, of c = a b into a sink, step by step.
/// @tparam CanBeDeep whether the depth may need sections.
template <class T, class Sink, bool CanBeDeep>
class blocked_product {
    using kernel = blocked<T>;

public:
    [[gnu::always_inline]] blocked_product(const matrix<const T>& a, const matrix<const T>& b, std::int64_t first, std::int64_t rows,
                                           std::int64_t depth, std::int64_t columns, Sink& sink)
        : a_(a), b_(b), first_(first), end_(first + rows), depth_(depth), columns_(columns), sink_(sink),
          in_place_(kernel::in_place(b, rows, columns)) {}

    /// Blocks are whole rows.
    void run_by_rows() {
        const std::int64_t most = is_deep() ? deep_rows : chunk;
        for (std::int64_t i = first_; i < end_; i += most) {
            const std::int64_t rows = simd::min(most, end_ - i);
            for (std::int64_t k = 0; k == 0 || k < depth_; k += block)
                for (std::int64_t j = 0; j < columns_; j += strip) step(i, rows, j, k);
            sink_.done(i, rows, 0, columns_);
        }
    }
    /// Blocks are parts of strips.
    void run_by_strips() {
        if (first_ + 1 == end_ && b_.column_stride == 1) return run_one_row();
        if (is_deep())
            run_deep_strips();
        else if constexpr (Sink::keeps_blocks)
            run_parts(outer_rows);
        else if (depth_ <= block)
            run_parts(end_ - first_);
        else
            for (std::int64_t i = first_; i < end_; i += deep_chunk)
                for (std::int64_t j = 0; j < columns_; j += strip) finish(i, simd::min(deep_chunk, end_ - i), j, 0);
    }

private:
    static constexpr std::int64_t strip = kernel::strip_columns, chunk = kernel::chunk_rows, block = kernel::panel_depth;
    static constexpr std::int64_t deep_chunk = kernel::deep_chunk_rows;
    static constexpr std::int64_t outer_rows = 8 * chunk; ///< A block of a, this by `block`, stays in the second-level cache.

    /// `part` rows at a time; each panel of b is packed once for them.
    [[gnu::always_inline]] void run_parts(std::int64_t part) {
        for (std::int64_t outer = first_; outer < end_; outer += part)
            for (std::int64_t k = 0; k == 0 || k < depth_; k += block)
                for (std::int64_t j = 0; j < columns_; j += strip)
                    for (std::int64_t i = outer; i < simd::min(outer + part, end_); i += chunk) {
                        const std::int64_t rows = simd::min(chunk, end_ - i);
                        if (k + block >= depth_)
                            finish(i, rows, j, k);
                        else
                            step(i, rows, j, k);
                    }
    }

    /// Blocks of a and of their sums stay in the second-level cache while several strips pass by, where those may.
    void run_deep_strips() {
        for (std::int64_t i = first_; i < end_; i += deep_rows)
            for (first_column_ = 0; first_column_ < columns_; first_column_ += side_by_side * strip) {
                const std::int64_t rows = simd::min(deep_rows, end_ - i), end = simd::min(first_column_ + side_by_side * strip, columns_);
                for (std::int64_t k = 0; k < depth_; k += block)
                    for (std::int64_t j = first_column_; j < end; j += strip) {
                        step(i, rows, j, k);
                        if (k + block >= depth_) sink_.done(i, rows, j, simd::min(strip, columns_ - j));
                    }
            }
    }

    void run_one_row() {
        constexpr int side = kernel::strips_of_one_row;
        std::int64_t j = 0;
        for (; j + side * strip <= columns_; j += side * strip) {
            register_tile<T, 1, side * 3> tile;
            const auto add = [&](std::int64_t k, std::int64_t n) __attribute__((always_inline)) {
                tile.add_product(a_.from(first_, k), b_.at(k, j), b_.row_stride, n, kernel::W);
            };
            if constexpr (CanBeDeep)
                sum_over_depth(type_tag<T>{}, tile, depth_, add);
            else {
                tile.clear();
                add(0, depth_);
            }
            unrolled(up_to<side>, [&]<int S>() __attribute__((always_inline)) {
                tile.template store<S * 3, 3>(sink_.block(first_, j + S * strip));
                sink_.done(first_, 1, j + S * strip, strip);
            });
        }
        for (; j < columns_; j += strip) {
            first_column_ = j;
            finish(first_, 1, j, 0);
        }
    }

    /// The last steps of a block, from k on.
    [[gnu::always_inline]] void finish(std::int64_t i, std::int64_t rows, std::int64_t j, std::int64_t k) {
        do step(i, rows, j, k);
        while ((k += block) < depth_);
        sink_.done(i, rows, j, simd::min(strip, columns_ - j));
    }

    /// Adds to the `rows` rows from i on, columns from j on, the products from k on.
    [[gnu::noinline, CTGRAD_OPTIMIZED]] void step(std::int64_t i, std::int64_t rows, std::int64_t j, std::int64_t k) {
        const int n = static_cast<int>(simd::min(strip, columns_ - j));
        const std::int64_t depth = simd::min(block, depth_ - k);
        row_panel<T> panel{b_.at(k, j), b_.row_stride, last_lanes<T>(n)};
        if (!in_place_) {
            if (j != packed_j_ || k != packed_k_) pack_rows(b_.from(k, j), depth, n, packed_, strip);
            packed_j_ = j;
            packed_k_ = k;
            panel = {packed_, strip, kernel::W};
        }
        T* const c = sink_.block(i, j);
        if (is_deep())
            add_section(i, rows, j, k, depth, n, panel, c);
        else
            kernel::multiply(a_.from(i, k), panel, c, sink_.row_stride, rows, depth, n,
                             k > 0 ? panel_result::continues : panel_result::replaces);
    }

    static constexpr std::int64_t deep_rows = 256 / static_cast<std::int64_t>(sizeof(T)), side_by_side = Sink::keeps_blocks ? 3 : 1;
    static constexpr std::int64_t deep_columns = simd::max(side_by_side * strip, std::int64_t{64});
    static_assert(section_depth % block == 0 && block % piece_depth == 0);
    [[gnu::always_inline]] bool is_deep() const { return CanBeDeep && depth_ > longest_pass; }

    /// The same in pieces; sums of sections lie in `sections_`.
    [[gnu::always_inline]] void add_section(std::int64_t i, std::int64_t rows, std::int64_t j, std::int64_t k, std::int64_t depth, int n,
                                            const row_panel<T>& panel, T* c) {
        block_sum<T>* const to = sections_ + (j - first_column_);
        const auto for_each_row = [&](auto visit) __attribute__((always_inline)) {
            for (std::int64_t r = 0; r < rows; ++r) visit(to + r * deep_columns, c + r * sink_.row_stride);
        };
        if (k == 0)
            for_each_row([n](block_sum<T>* sums, T*) { clear_blocks(sums, n); });
        else if (k % section_depth == 0)
            for_each_row([n](block_sum<T>* sums, T* row) { settle_blocks(sums, row, n); });
        for (std::int64_t p = 0; p < depth; p += piece_depth)
            kernel::multiply(a_.from(i, k + p), {panel.data + p * panel.stride, panel.stride, panel.last}, c, sink_.row_stride, rows,
                             simd::min(piece_depth, depth - p), n,
                             (k + p) % section_depth == 0 ? panel_result::replaces : panel_result::adds);
        if (k + depth == depth_) for_each_row([n](block_sum<T>* sums, T* row) { finish_blocks(sums, row, n); });
    }

    matrix<const T> a_, b_;
    std::int64_t first_, end_, depth_, columns_;
    Sink& sink_;
    bool in_place_;
    std::int64_t packed_j_ = -1, packed_k_ = -1;
    std::int64_t first_column_ = 0; ///< Of what lies in `sections_`.
    alignas(64) T packed_[static_cast<std::size_t>(strip * block)];
    block_sum<T> sections_[static_cast<std::size_t>(CanBeDeep ? deep_rows * deep_columns : 1)];
};

} // namespace ctgrad::detail

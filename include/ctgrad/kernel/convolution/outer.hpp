// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/block_sum.hpp>
#include <ctgrad/kernel/convolution/by_channels.hpp>
#include <ctgrad/kernel/convolution/operand.hpp>
#include <ctgrad/kernel/convolution/window_pass.hpp>

namespace ctgrad::detail {

/// The kernel of a convolution as a sum of outer products of windows of x and elements of y.
///
/// A few rows of y at a time: each tile of the kernel adds up, in registers, elements of x times those rows. Tiles lie in memory, packed;
/// after some of these blocks they are added to sums of blocks, so that the error does not grow with the batch.
template <class T, const convolution_shape& Shape>
class outer_convolution {
    static constexpr int W = simd::native_lanes<T>;
    static constexpr std::int64_t groups = Shape.groups(), rows = Shape.group_channels, columns = Shape.group_outputs();
    static constexpr std::int64_t channels = Shape.channels, outputs = Shape.outputs;
    static constexpr bool is_by_channels = groups > 1 && rows == 1 && columns == 1;

    static constexpr window_axis axis(int i) {
        const int k = i - (3 - Shape.axes);
        return k < 0 ? window_axis{} : Shape.axis[k];
    }
    static constexpr window_pass pass(int i) { return pass_of(axis(i), false, 0); }
    static constexpr window_pass along = pass(2);

    static constexpr int vectors = vectors_for<T>(columns);
    static constexpr std::int64_t width = vectors * W, strips = (columns + width - 1) / width;
    static constexpr std::int64_t last_columns = columns - (strips - 1) * width;
    static constexpr int last_vectors = static_cast<int>((last_columns + W - 1) / W);
    static constexpr int last = static_cast<int>(last_columns - (last_vectors - 1) * W);
    static constexpr std::int64_t packed_columns = (strips - 1) * width + last_vectors * W;

    /// Elements of a row of the window that are rows of one product: adjacent in x.
    static constexpr bool is_merged = groups == 1 && axis(2).dilation == 1;
    static constexpr std::int64_t run_length = is_merged ? axis(2).window * rows : rows, runs = axis(2).window * rows / run_length;
    static constexpr std::int64_t window_rows = axis(0).window * axis(1).window;
    static constexpr std::int64_t sums = window_rows * axis(2).window * (is_by_channels ? groups : groups * rows * packed_columns);

    /// How many rows of y make a block: they stay in the first-level cache.
    static constexpr std::int64_t block = [] {
        const std::int64_t row = along.count * vectors * W * static_cast<std::int64_t>(sizeof(T));
        const std::int64_t fit = this_target.panel / 2 / row, all = pass(1).count;
        return fit < 1 ? std::int64_t{1} : fit < all ? fit : all;
    }();
    static constexpr std::int64_t high_slots = (block - 1) * pass(1).stride + pass(1).span(), slots = pass(0).span() * high_slots;

public:
    static constexpr std::int64_t bytes = memory_parts::bytes<T>(sums) + memory_parts::bytes<block_sum<T>>(sums) +
                                          memory_parts::bytes<T>(slots * along.length() * channels + W) +
                                          memory_parts::bytes<std::int64_t>(slots) + memory_parts::bytes<T>(block * along.count * outputs) +
                                          memory_parts::bytes<segment<T>>(block);

    [[gnu::noinline, CTGRAD_OPTIMIZED]] static void run(const spatial<const T>& x, const spatial<const T>& y, const spatial<T>& kernel,
                                                        std::byte* memory) {
        outer_convolution(x, y, kernel, memory).run();
    }

private:
    outer_convolution(const spatial<const T>& x, const spatial<const T>& y, const spatial<T>& kernel, std::byte* memory)
        : x_(x), y_(y), kernel_(kernel) {
        memory_parts parts(memory);
        sums_ = parts.template take<T>(sums);
        settled_ = parts.template take<block_sum<T>>(sums);
        copies_ = parts.template take<T>(slots * along.length() * channels + W);
        held_ = parts.template take<std::int64_t>(slots);
        rows_of_y_ = parts.template take<T>(block * along.count * outputs);
        segments_ = parts.template take<segment<T>>(block);
    }

    void run() {
        for (std::int64_t i = 0; i < sums; ++i) sums_[i] = T(0);
        clear_blocks(settled_, sums);
        row_cache<T> cache(x_, axis(2).input, channels, along.at, along.length(), slots, copies_, held_);
        int added = 0;
        for (std::int64_t e = 0; e < x_.examples; ++e) {
            cache.forget();
            for (std::int64_t d = 0; d < pass(0).count; ++d)
                for (std::int64_t h = 0; h < pass(1).count; h += block) {
                    run_block(cache, e, d, h, h + block < pass(1).count ? block : pass(1).count - h);
                    if (++added == longest_chain) {
                        settle_blocks(settled_, sums_, sums);
                        added = 0;
                    }
                }
        }
        finish_blocks(settled_, sums_, sums);
        unpack();
    }

    /// Adds what `count` rows of y give.
    void run_block(row_cache<T>& cache, std::int64_t e, std::int64_t d, std::int64_t h, std::int64_t count) {
        const T* const from_y = y_.data + e * y_.example + d * y_.axis[0] + h * y_.axis[1];
        const bool in_place = y_.channel == 1;
        if (!in_place)
            for (std::int64_t r = 0; r < count; ++r)
                for (std::int64_t p = 0; p < along.count; ++p)
                    copy_channels(from_y + r * y_.axis[1] + p * y_.axis[2], y_.channel, outputs,
                                  rows_of_y_ + (r * along.count + p) * outputs);
        const std::int64_t row_stride = in_place ? y_.axis[1] : along.count * outputs, b_step = in_place ? y_.axis[2] : outputs;
        const T* const b = in_place ? from_y : rows_of_y_;
        const window_pass deep = pass(0), high = pass(1);
        for (std::int64_t i = 0; i < deep.positions; ++i)
            for (std::int64_t k = 0; k < high.positions; ++k) {
                const std::int64_t at_d = deep.source_of(d, i);
                if (at_d < 0 || at_d >= axis(0).input) continue;
                std::int64_t found = 0;
                for (std::int64_t r = 0; r < count; ++r) {
                    const std::int64_t at_h = high.source_of(h + r, k);
                    if (at_h < 0 || at_h >= axis(1).input) continue;
                    const T* const row = x_.data + e * x_.example + at_d * x_.axis[0] + at_h * x_.axis[1];
                    segments_[found++] = {
                        cache.row(row, at_d * axis(1).input + at_h, at_d % pass(0).span() * high_slots + at_h % high_slots),
                        b + r * row_stride};
                }
                const std::int64_t window_row = i * axis(1).window + k;
                if (found == 0) continue;
                if constexpr (is_by_channels)
                    for (std::int64_t p = 0; p < axis(2).window; ++p)
                        sum_by_channels<T>(segments_, found, channels, p * axis(2).dilation * channels, along.stride * channels, b_step,
                                           along.count, sums_ + (window_row * axis(2).window + p) * channels);
                else
                    add_window_row(window_row, found, b_step);
            }
    }

    void add_window_row(std::int64_t window_row, std::int64_t found, std::int64_t b_step) {
        for (std::int64_t g = 0; g < groups; ++g) {
            T* to = sums_ + g * packed_columns * window_rows * axis(2).window * rows;
            for (std::int64_t s = 0; s + 1 < strips; ++s) {
                add_strip<vectors, true>(window_row, found, g, b_step, to);
                to += window_rows * axis(2).window * rows * width;
                for (std::int64_t r = 0; r < found; ++r) segments_[r].b += width;
            }
            add_strip<last_vectors, last == W>(window_row, found, g, b_step, to);
            for (std::int64_t r = 0; r < found; ++r) segments_[r].b += columns - (strips - 1) * width;
        }
    }

    template <int Vectors, bool Whole>
    [[gnu::always_inline]] void add_strip(std::int64_t window_row, std::int64_t found, std::int64_t group, std::int64_t b_step, T* to) {
        constexpr int tile = tile_rows_for(run_length, Vectors), rest = static_cast<int>(run_length % tile);
        constexpr std::int64_t a_step = along.stride * channels, own = Vectors * W;
        for (std::int64_t run = 0; run < runs; ++run) {
            T* const c = to + (window_row * runs + run) * run_length * own;
            const std::int64_t from = run * axis(2).dilation * channels + group * rows;
            std::int64_t q = 0;
            for (; q + tile <= run_length; q += tile)
                add_along_column<T, tile, Vectors, Whole>(segments_, found, from + q, a_step, b_step, last, along.count, c + q * own);
            if constexpr (rest > 0)
                add_along_column<T, rest, Vectors, Whole>(segments_, found, from + q, a_step, b_step, last, along.count, c + q * own);
        }
    }

    /// Copies the sums to the kernel.
    void unpack() {
        if constexpr (is_by_channels) return copy_channels(sums_, 1, sums, kernel_.data);
        const std::int64_t all_rows = window_rows * axis(2).window * rows;
        for (std::int64_t g = 0; g < groups; ++g)
            for (std::int64_t s = 0; s < strips; ++s) {
                const std::int64_t own = s + 1 < strips ? width : last_vectors * W, n = s + 1 < strips ? width : last_columns;
                const T* from = sums_ + (g * packed_columns + s * width) * all_rows;
                for (std::int64_t r = 0; r < all_rows; ++r, from += own)
                    copy_channels(from, 1, n, kernel_.data + r * outputs + g * columns + s * width);
            }
    }

    const spatial<const T>& x_;
    const spatial<const T>& y_;
    const spatial<T>& kernel_;
    T* sums_;
    block_sum<T>* settled_;
    T* copies_;
    std::int64_t* held_;
    T* rows_of_y_;
    segment<T>* segments_;
};

} // namespace ctgrad::detail

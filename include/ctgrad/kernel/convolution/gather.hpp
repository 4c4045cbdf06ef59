// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/contraction/deep_sums.hpp>
#include <ctgrad/kernel/contraction/pack.hpp>
#include <ctgrad/kernel/convolution/by_channels.hpp>
#include <ctgrad/kernel/convolution/operand.hpp>
#include <ctgrad/kernel/convolution/window_pass.hpp>

namespace ctgrad::detail {

/// Results of a convolution as sums over the window: y of x and kernel, or, `OfInput`, x of y and kernel.
///
/// The kernel is packed once: for each strip of columns rows of whole vectors in the order in which they are needed. A row of
/// results is made in tiles: each adds up a column of the source's rows times a row of the packed kernel. Rows of the source
/// are read where they are, or from copies with zeros at their ends: elements that windows share are there once.
/// @tparam Shape the convolution, whose spatial extents and channels are constants.
template <class T, const convolution_shape& Shape, bool OfInput>
class gather_convolution {
    static constexpr int W = simd::native_lanes<T>;
    static constexpr std::int64_t groups = Shape.groups();
    static constexpr std::int64_t rows = OfInput ? Shape.group_outputs() : Shape.group_channels;    ///< Channels that are summed.
    static constexpr std::int64_t columns = OfInput ? Shape.group_channels : Shape.group_outputs(); ///< Channels of a result.
    static constexpr std::int64_t source_channels = rows * groups;
    static constexpr bool is_by_channels = groups > 1 && rows == 1 && columns == 1;

    static constexpr window_axis axis(int i) {
        const int k = i - (3 - Shape.axes);
        return k < 0 ? window_axis{} : Shape.axis[k];
    }
    static constexpr std::int64_t source_extent(int i) { return OfInput ? axis(i).output : axis(i).input; }
    static constexpr window_pass pass(int i, std::int64_t number) { return pass_of(axis(i), OfInput, number); }
    static constexpr int passes = static_cast<int>(passes_of(axis(2), OfInput));

    static constexpr int vectors = vectors_for<T>(columns);
    static constexpr std::int64_t width = vectors * W, strips = (columns + width - 1) / width;
    static constexpr std::int64_t last_columns = columns - (strips - 1) * width;
    static constexpr int last_vectors = static_cast<int>((last_columns + W - 1) / W);
    static constexpr std::int64_t packed_columns = (strips - 1) * width + last_vectors * W;
    static constexpr std::int64_t window_rows = axis(0).window * axis(1).window; ///< Of the window, along its last axis.
    static constexpr std::int64_t total_depth = window_rows * axis(2).window * rows;

    /// The longest piece of a row of the window whose elements are added one after the other.
    static constexpr std::int64_t longest = 768;
    static constexpr std::int64_t piece_of(std::int64_t depth) {
        for (std::int64_t piece = depth < longest ? depth : longest; piece >= 64; --piece)
            if (depth % piece == 0) return piece;
        return depth > 0 ? depth : 1;
    }

    /// What is a constant of pass `Pass` along the last axis.
    template <int Pass>
    struct along {
        static constexpr window_pass w = pass(2, Pass);
        static constexpr bool is_merged = groups == 1 && (w.at_step == 1 || w.positions == 1);
        static constexpr std::int64_t depth = w.positions * rows;
        static constexpr std::int64_t piece = piece_of(is_merged ? depth : rows);
        static constexpr std::int64_t pieces = depth / piece;
        static constexpr std::int64_t length = w.length();
        /// Segments that are added in registers: what they read of the packed kernel stays in the first-level cache, and where sums are
        /// long, they are parts of them.
        static constexpr std::int64_t chunk = [] {
            const std::int64_t fit = this_target.panel * 3 / 5 / (piece * width * static_cast<std::int64_t>(sizeof(T)));
            const std::int64_t exact = total_depth > longest_known_pass ? 256 / piece : fit;
            const std::int64_t most = fit < exact ? fit : exact;
            return most < 1 ? std::int64_t{1} : most;
        }();
    };

    static constexpr std::int64_t longest_row = [] {
        std::int64_t most = 0;
        for (int p = 0; p < passes; ++p) most = pass(2, p).length() > most ? pass(2, p).length() : most;
        return most;
    }();
    static constexpr std::int64_t span(int i) {
        std::int64_t most = 1;
        for (std::int64_t p = 0; p < passes_of(axis(i), OfInput); ++p) most = pass(i, p).span() > most ? pass(i, p).span() : most;
        return most;
    }
    static constexpr std::int64_t deep_slots = span(0), high_slots = span(1), slots = deep_slots * high_slots;
    static constexpr std::int64_t most_segments = window_rows * axis(2).window * (rows / 64 + 1);
    static constexpr std::int64_t packed_elements =
        window_rows * axis(2).window * (is_by_channels ? groups : groups * rows * packed_columns);

    struct source_row {
        const T* row;
        std::int64_t window_row;
    };

public:
    static constexpr std::int64_t bytes = memory_parts::bytes<T>(packed_elements) +
                                          memory_parts::bytes<T>(slots * longest_row * source_channels + W) +
                                          memory_parts::bytes<std::int64_t>(slots) + memory_parts::bytes<source_row>(window_rows) +
                                          memory_parts::bytes<segment<T>>(most_segments);

    [[gnu::noinline, CTGRAD_OPTIMIZED]] static void run(const spatial<const T>& source, const spatial<const T>& kernel,
                                                        const spatial<T>& to, std::byte* memory) {
        gather_convolution(source, kernel, to, memory).run_passes();
    }

private:
    gather_convolution(const spatial<const T>& source, const spatial<const T>& kernel, const spatial<T>& to, std::byte* memory)
        : source_(source), kernel_(kernel), to_(to) {
        memory_parts parts(memory);
        packed_ = parts.template take<T>(packed_elements);
        copies_ = parts.template take<T>(slots * longest_row * source_channels + W);
        held_ = parts.template take<std::int64_t>(slots);
        window_ = parts.template take<source_row>(window_rows);
        segments_ = parts.template take<segment<T>>(most_segments);
    }

    void run_passes() {
        unrolled(up_to<passes>, [&]<int Pass>() { run_pass<Pass>(); });
    }

    /// Of a group and a strip, where row `window_row` of the window begins in the packed kernel.
    template <int Pass>
    [[gnu::always_inline]] const T* packed(std::int64_t group, std::int64_t strip, std::int64_t window_row) const {
        const std::int64_t own = (strip + 1 < strips ? width : last_vectors * W);
        return packed_ + ((group * packed_columns + strip * width) * window_rows + window_row * own) * along<Pass>::depth;
    }
    /// Of a convolution channel by channel: where the factors of one element of the window begin.
    [[gnu::always_inline]] T* packed_by_channels(std::int64_t window_row, std::int64_t position) const {
        return packed_ + (window_row * axis(2).window + position) * groups;
    }
    template <int Pass>
    void pack_by_channels() {
        for (std::int64_t r = 0; r < window_rows; ++r)
            for (std::int64_t i = 0; i < along<Pass>::w.positions; ++i)
                copy_channels(kernel_.data + r / axis(1).window * kernel_.axis[0] + r % axis(1).window * kernel_.axis[1] +
                                  along<Pass>::w.element_of(i) * kernel_.axis[2],
                              kernel_.output, groups, packed_by_channels(r, i));
    }
    template <int Pass>
    void pack() {
        constexpr window_pass w = along<Pass>::w;
        const std::int64_t row_stride = OfInput ? kernel_.output : kernel_.channel,
                           column_stride = OfInput ? kernel_.channel : kernel_.output;
        for (std::int64_t g = 0; g < groups; ++g)
            for (std::int64_t s = 0; s < strips; ++s)
                for (std::int64_t r = 0; r < window_rows; ++r)
                    for (std::int64_t i = 0; i < w.positions; ++i) {
                        const int n = static_cast<int>(s + 1 < strips ? width : last_columns);
                        const std::int64_t own = s + 1 < strips ? width : last_vectors * W;
                        const T* from = kernel_.data + r / axis(1).window * kernel_.axis[0] + r % axis(1).window * kernel_.axis[1] +
                                        w.element_of(i) * kernel_.axis[2] + g * Shape.group_outputs() * kernel_.output +
                                        s * width * column_stride;
                        T* const to = const_cast<T*>(packed<Pass>(g, s, r)) + i * rows * own;
                        pack_rows(matrix<const T>{from, row_stride, column_stride}, rows, n, to, own);
                    }
    }

    template <int Pass>
    void run_pass() {
        if constexpr (along<Pass>::w.count > 0) {
            if constexpr (is_by_channels)
                pack_by_channels<Pass>();
            else
                pack<Pass>();
            for (std::int64_t d = 0; d < passes_of(axis(0), OfInput); ++d)
                for (std::int64_t h = 0; h < passes_of(axis(1), OfInput); ++h) run_plane<Pass>(pass(0, d), pass(1, h));
        }
    }

    /// The results of one pass along each axis, row by row.
    template <int Pass>
    void run_plane(const window_pass& deep, const window_pass& high) {
        constexpr window_pass w = along<Pass>::w;
        row_cache<T> cache(source_, source_extent(2), source_channels, w.at, w.length(), slots, copies_, held_);
        for (std::int64_t e = 0; e < to_.examples; ++e) {
            cache.forget();
            const T* const from = source_.data + e * source_.example;
            for (std::int64_t d = 0; d < deep.count; ++d)
                for (std::int64_t h = 0; h < high.count; ++h) {
                    const std::int64_t found = find_window<Pass>(cache, from, deep, d, high, h);
                    T* const to = to_.data + e * to_.example + (deep.first + d * deep.step) * to_.axis[0] +
                                  (high.first + h * high.step) * to_.axis[1] + w.first * to_.axis[2];
                    if constexpr (is_by_channels)
                        run_row_by_channels<Pass>(found, to);
                    else
                        run_row_of_groups<Pass>(found, to);
                }
        }
    }
    template <int Pass>
    void run_row_of_groups(std::int64_t found, T* to) {
        for (std::int64_t g = 0; g < groups; ++g) {
            for (std::int64_t s = 0; s + 1 < strips; ++s) run_row<Pass, vectors>(found, g, s, to + g * columns + s * width);
            run_row<Pass, last_vectors>(found, g, strips - 1, to + g * columns + (strips - 1) * width);
        }
    }
    template <int Pass>
    void run_row_by_channels(std::int64_t found, T* to) {
        constexpr window_pass w = along<Pass>::w;
        std::int64_t count = 0;
        for (std::int64_t f = 0; f < found; ++f)
            for (std::int64_t i = 0; i < w.positions; ++i)
                segments_[count++] = {window_[f].row + i * w.at_step * groups, packed_by_channels(window_[f].window_row, i)};
        add_by_channels<T>(segments_, count, groups, w.stride * groups, w.count, to, w.step * to_.axis[2]);
    }

    /// Finds rows of the source that meet the window, and says how many there are.
    template <int Pass>
    [[gnu::always_inline]] std::int64_t find_window(row_cache<T>& cache, const T* from, const window_pass& deep, std::int64_t d,
                                                    const window_pass& high, std::int64_t h) {
        std::int64_t found = 0;
        if (along<Pass>::depth > 0)
            for (std::int64_t i = 0; i < deep.positions; ++i)
                for (std::int64_t k = 0; k < high.positions; ++k) {
                    const std::int64_t at_d = deep.source_of(d, i), at_h = high.source_of(h, k);
                    if (at_d < 0 || at_d >= source_extent(0) || at_h < 0 || at_h >= source_extent(1)) continue;
                    const T* const row = from + at_d * source_.axis[0] + at_h * source_.axis[1];
                    window_[found++] = {cache.row(row, at_d * source_extent(1) + at_h, at_d % deep_slots * high_slots + at_h % high_slots),
                                        deep.element_of(i) * axis(1).window + high.element_of(k)};
                }
        return found;
    }

    /// A row of results, `Vectors` vectors of columns.
    template <int Pass, int Vectors>
    void run_row(std::int64_t found, std::int64_t group, std::int64_t strip, T* to) {
        using here = along<Pass>;
        constexpr window_pass w = here::w;
        constexpr int tile = tile_rows_for(w.count, Vectors), rest = static_cast<int>(w.count % tile);
        constexpr std::int64_t a_row = w.stride * source_channels;
        const std::int64_t c_row = w.step * to_.axis[2];
        const int last = strip + 1 < strips ? W : static_cast<int>(last_columns - (last_vectors - 1) * W);
        std::int64_t count = 0;
        for (std::int64_t f = 0; f < found; ++f) {
            const T* const b = packed<Pass>(group, strip, window_[f].window_row);
            for (std::int64_t i = 0; i < here::pieces; ++i) {
                const std::int64_t at = i * here::piece;
                const std::int64_t offset = here::is_merged ? at : at / rows * w.at_step * source_channels + at % rows + group * rows;
                segments_[count++] = {window_[f].row + offset, b + at * Vectors * W};
            }
        }
        if (count == 0) {
            for (std::int64_t j = 0; j < w.count; ++j)
                for (std::int64_t c = 0; c < (strip + 1 < strips ? width : last_columns); ++c) to[j * c_row + c] = T(0);
            return;
        }
        for (std::int64_t i = 0; i < count; i += here::chunk) {
            const std::int64_t n = count - i < here::chunk ? count - i : here::chunk;
            std::int64_t j = 0;
            for (; j + tile <= w.count; j += tile)
                add_along_row<T, tile, Vectors>(segments_ + i, n, j * a_row, a_row, here::piece, to + j * c_row, c_row, last, i > 0);
            if constexpr (rest > 0)
                add_along_row<T, rest, Vectors>(segments_ + i, n, j * a_row, a_row, here::piece, to + j * c_row, c_row, last, i > 0);
        }
    }

    const spatial<const T>& source_;
    const spatial<const T>& kernel_;
    const spatial<T>& to_;
    T *packed_, *copies_;
    std::int64_t* held_;
    source_row* window_;
    segment<T>* segments_;
};

} // namespace ctgrad::detail

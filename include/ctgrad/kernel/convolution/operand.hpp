// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/strided_walk.hpp>
#include <ctgrad/ops/detail/convolution_shape.hpp>
#include <ctgrad/simd/memory.hpp>

#include <cstddef>
#include <cstdint>

namespace ctgrad::detail {

/// Part of the kernel's memory, in the order in which parts are asked for.
class memory_parts {
public:
    constexpr explicit memory_parts(std::byte* from) : from_(from) {}
    template <class T>
    T* take(std::int64_t count) {
        T* const part = reinterpret_cast<T*>(from_ + used_);
        used_ += bytes<T>(count);
        return part;
    }
    template <class T>
    static constexpr std::int64_t bytes(std::int64_t count) {
        return (count * static_cast<std::int64_t>(sizeof(T)) + 63) / 64 * 64;
    }

private:
    std::byte* from_;
    std::int64_t used_ = 0;
};

/// x, y or the kernel of a convolution in memory, with three spatial axes: of fewer the first have extent 1.
template <class T>
struct spatial {
    T* data;
    std::int64_t examples, example; ///< Extent and stride of what stands before the spatial axes; a kernel has none.
    std::int64_t axis[3];
    std::int64_t channel; ///< Of a kernel, of its input channels.
    std::int64_t output;  ///< Of a kernel.
};
template <class T>
[[gnu::always_inline]] inline spatial<T> spatial_of(const strided<T>& s, const convolution_shape& shape, std::int64_t set, bool is_kernel) {
    spatial<T> out{s.data, 1, 0, {}, s.stride[s.rank - 1], 0};
    if (shape.has_sets()) out.data += set * s.stride[0];
    const int first = is_kernel ? shape.first - 1 : shape.first;
    if (is_kernel) {
        out.channel = s.stride[s.rank - 2];
        out.output = s.stride[s.rank - 1];
    } else {
        out.examples = s.extent[first - 1];
        out.example = s.stride[first - 1];
    }
    for (int k = 0; k < shape.axes; ++k) out.axis[3 - shape.axes + k] = s.stride[first + k];
    return out;
}

/// Copies `n` elements `stride` apart.
template <class T>
[[gnu::always_inline]] inline void copy_channels(const T* from, std::int64_t stride, std::int64_t n, T* to) {
    using vector = simd::vec<T, simd::native_lanes<T>>;
    T* const last = to + n;
    if (stride == 1)
        for (; last - to >= vector::lanes; to += vector::lanes, from += vector::lanes) simd::store(to, simd::load<vector>(from));
    for (; to < last; ++to, from += stride) *to = *from;
}

/// Rows of a source, those along its last spatial axis, with zeros where a window reaches beyond: in their place if that
/// serves, else copied. A few rows are kept.
template <class T>
class row_cache {
public:
    /// @param memory for `slots` rows of `length` pixels. Pixel 0 of a row is pixel `begin` of the source.
    [[gnu::always_inline]] row_cache(const spatial<const T>& from, std::int64_t extent, std::int64_t channels, std::int64_t begin,
                                     std::int64_t length, std::int64_t slots, T* memory, std::int64_t* held)
        : from_(from), extent_(extent), channels_(channels), begin_(begin), length_(length), slots_(slots), memory_(memory), held_(held),
          in_place_(begin >= 0 && begin + length <= extent && from.channel == 1 && from.axis[2] == channels) {
        forget();
    }
    void forget() {
        for (std::int64_t s = 0; s < slots_; ++s) held_[s] = -1;
    }
    /// Row `number`, for `slot`, at `row`.
    [[gnu::always_inline]] const T* row(const T* row, std::int64_t number, std::int64_t slot) {
        if (in_place_) return row + begin_ * channels_;
        T* const to = memory_ + slot * length_ * channels_;
        if (held_[slot] != number) {
            held_[slot] = number;
            copy(row, to);
        }
        return to;
    }

private:
    [[gnu::noinline, CTGRAD_OPTIMIZED]] void copy(const T* row, T* to) {
        std::int64_t p = 0;
        const auto zeros_up_to = [&](std::int64_t end) {
            for (std::int64_t i = p * channels_; i < end * channels_; ++i) to[i] = T(0);
            p = p < end ? end : p;
        };
        const std::int64_t first = begin_ < 0 ? -begin_ : 0, end = extent_ - begin_ < length_ ? extent_ - begin_ : length_;
        zeros_up_to(first < length_ ? first : length_);
        if (from_.channel == 1 && from_.axis[2] == channels_ && end > p) {
            copy_channels(row + (begin_ + p) * channels_, 1, (end - p) * channels_, to + p * channels_);
            p = end;
        }
        for (; p < end; ++p) copy_channels(row + (begin_ + p) * from_.axis[2], from_.channel, channels_, to + p * channels_);
        zeros_up_to(length_);
    }

    spatial<const T> from_;
    std::int64_t extent_, channels_, begin_, length_, slots_;
    T* memory_;
    std::int64_t* held_;
    bool in_place_;
};

} // namespace ctgrad::detail

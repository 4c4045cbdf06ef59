// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/node.hpp>
#include <ctgrad/shape/strided.hpp>

namespace ctgrad::detail {

/// One spatial axis of a convolution: element p of the output and element k of the window meet element
/// p stride + k dilation - pad of the input, if there is one.
struct window_axis {
    std::int64_t stride = 1, dilation = 1, pad = 0;
    std::int64_t input = 1, window = 1, output = 1;

    /// The element of the input that meets them, or -1.
    constexpr std::int64_t input_at(std::int64_t p, std::int64_t k) const {
        const std::int64_t at = p * stride + k * dilation - pad;
        return at >= 0 && at < input ? at : -1;
    }

    /// Whether each element of the input (0), the window (1) or the output (2) meets some of the others.
    constexpr bool meets_all(int which) const {
        const std::int64_t extent[] = {input, window, output};
        if (input < 0 || window < 0 || output < 0) return false; // named
        for (std::int64_t i = 0; i < extent[which]; ++i) {
            bool met = false;
            for (std::int64_t k = which == 1 ? i : 0; k < (which == 1 ? i + 1 : window) && !met; ++k)
                if (which == 0) {
                    const std::int64_t reach = i + pad - k * dilation;
                    met = reach >= 0 && reach % stride == 0 && reach / stride < output;
                } else
                    for (std::int64_t p = which == 2 ? i : 0; p < (which == 2 ? i + 1 : output) && !met; ++p) met = input_at(p, k) >= 0;
            if (!met) return false;
        }
        return true;
    }
};

/// Window axis `axis` as the attributes of a convolution or a pooling hold it; `shields` as in `shields.hpp`, with axis 0.
constexpr void write_window_axis(attributes& a, int axis, const window_axis& w, int shields = 0) {
    a.numbers[2 * axis] = static_cast<std::int32_t>(w.pad);
    a.numbers[2 * axis + 1] = static_cast<std::int32_t>(w.stride | w.dilation << 12 | shields << 28);
}
constexpr int window_shields(const attributes& a) { return a.numbers[1] >> 28 & 3; }
constexpr attributes with_window_shields(attributes a, int shields) {
    a.numbers[1] = (a.numbers[1] & 0xfffffff) | shields << 28;
    return a;
}

/// A convolution: x `[N, S..., C]`, kernel `[K..., C / groups, O]` and y `[N, P..., O]`; with `sets` each has one axis more in front,
/// of convolutions beside each other.
struct convolution_shape {
    int axes = 0;  ///< Spatial ones.
    int first = 1; ///< The first of them, in x and y; of the kernel it is one less.
    window_axis axis[3];
    std::int64_t channels = 1, group_channels = 1, outputs = 1;

    constexpr bool has_sets() const { return first == 2; }
    constexpr std::int64_t groups() const { return group_channels > 0 ? channels / group_channels : 1; }
    constexpr std::int64_t group_outputs() const { return groups() > 0 ? outputs / groups() : outputs; }

    /// @param x, kernel, y extents of the three.
    constexpr convolution_shape(const attributes& a, int rank, const std::int64_t* x, const std::int64_t* kernel, const std::int64_t* y) {
        while (axes < 3 && (a.numbers[2 * axes + 1] & 0xfff) != 0) ++axes;
        first = rank - 1 - axes;
        for (int k = 0; k < axes; ++k) {
            const std::int32_t both = a.numbers[2 * k + 1];
            axis[k] = {both & 0xfff, both >> 12 & 0xfff, a.numbers[2 * k], x[first + k], kernel[first - 1 + k], y[first + k]};
        }
        channels = x[rank - 1];
        group_channels = kernel[first - 1 + axes];
        outputs = y[rank - 1];
    }

    /// Calls `visit(index in x, index in kernel, index in y)` for all products of a convolution of `extent` = that of y.
    template <class Visit>
    constexpr void for_each_product(int rank, const std::int64_t* y, Visit visit) const {
        std::int64_t window[max_rank]{};
        for (int k = 0; k < axes; ++k) window[k] = axis[k].window;
        window[axes] = group_channels;
        for_each_index(rank, y, [&](const std::int64_t* at_y) {
            for_each_index(axes + 1, window, [&](const std::int64_t* at_window) {
                std::int64_t at_x[max_rank]{}, at_kernel[max_rank]{};
                if (has_sets()) at_kernel[0] = at_y[0];
                for (int k = 0; k < first; ++k) at_x[k] = at_y[k];
                for (int k = 0; k < axes; ++k) {
                    at_kernel[first - 1 + k] = at_window[k];
                    if ((at_x[first + k] = axis[k].input_at(at_y[first + k], at_window[k])) < 0) return;
                }
                at_x[rank - 1] = at_y[rank - 1] / group_outputs() * group_channels + at_window[axes];
                at_kernel[first - 1 + axes] = at_window[axes];
                at_kernel[first + axes] = at_y[rank - 1];
                visit(static_cast<const std::int64_t*>(at_x), static_cast<const std::int64_t*>(at_kernel), at_y);
            });
        });
    }
};

} // namespace ctgrad::detail

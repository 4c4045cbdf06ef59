// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/layer_options.hpp>
#include <ctgrad/ops/detail/convolution_shape.hpp>
#include <ctgrad/ops/detail/window_rules.hpp>

namespace ctgrad {

/// Numbers of an option, one an axis, or one for all.
template <int... N>
struct axis_numbers {
    static constexpr int count = sizeof...(N);
    /// That of axis `k`, or `otherwise` where there are none.
    static constexpr std::int64_t at(int k, std::int64_t otherwise = 1) {
        const int all[] = {N..., 0};
        return count == 0 ? otherwise : all[count == 1 ? 0 : k];
    }
};

/// How far apart windows are: `strides<2, 2>`, or `strides<2>` for all axes.
template <int... N>
inline constexpr kept_value<layer_option<"strides">, axis_numbers<N...>> strides{};
/// How far apart the elements of a window are, of functions and of layers: `dilations<2>`, `dilation_rate<2>`.
template <int... N>
inline constexpr kept_value<layer_option<"dilations">, axis_numbers<N...>> dilations{};
template <int... N>
inline constexpr kept_value<layer_option<"dilation_rate">, axis_numbers<N...>> dilation_rate{};
/// The extents of pooled windows: `pool_size<2, 2>`.
template <int... N>
inline constexpr kept_value<layer_option<"pool_size">, axis_numbers<N...>> pool_size{};
/// How many groups of channels there are, each with filters of its own: `channel_groups<2>`. (`groups` makes groups of variables.)
template <int N>
inline constexpr kept_value<layer_option<"channel_groups">, axis_numbers<N>> channel_groups{};
/// Filters for each channel of a depthwise convolution: `depth_multiplier<2>`.
template <int N>
inline constexpr kept_value<layer_option<"depth_multiplier">, axis_numbers<N>> depth_multiplier{};

/// What windows find beyond the ends of an axis: `padding = valid` (no window reaches beyond), `padding = same` (zeros, so that the result
/// has the extent divided by the stride, rounded up), `padding = causal` (zeros in front only, of an axis of time).
struct valid_t {};
struct same_t {};
struct causal_t {};
inline constexpr valid_t valid{};
inline constexpr same_t same{};
inline constexpr causal_t causal{};
inline constexpr layer_option<"padding"> padding{};

namespace detail {

/// An axis of extent `input` with windows, as TensorFlow pads: of an odd number of zeros one more is behind.
template <class Padding>
constexpr window_axis window_axis_of(std::int64_t input, std::int64_t window, std::int64_t stride, std::int64_t dilation) {
    window_axis w{stride, dilation, 0, input, window, 0};
    const std::int64_t span = (window - 1) * dilation + 1;
    if (std::is_same_v<Padding, valid_t>)
        w.output = input < span ? 0 : (input - span) / stride + 1;
    else {
        w.output = (input + stride - 1) / stride;
        const std::int64_t missing = (w.output - 1) * stride + span - input;
        w.pad = std::is_same_v<Padding, causal_t> ? span - 1 : missing > 0 ? missing / 2 : 0;
    }
    return w;
}

/// Whether `Numbers...` of options suit `Axes` axes, and are positive.
template <int Axes, class... Numbers>
constexpr bool suit_axes() {
    bool good = true;
    auto look = [&]<int... N>(axis_numbers<N...>) {
        good = good && (sizeof...(N) <= 1 || sizeof...(N) == static_cast<std::size_t>(Axes)) && ((N > 0 && N < 4096) && ...);
    };
    (look(Numbers{}), ...);
    return good;
}

/// What a function of windows is called with: for checks and errors.
template <fixed_string Name, class... Default>
struct window_formula {
    static constexpr fixed_string kind = Name;
    static constexpr std::string_view name = kind.view();
    static constexpr settings<Default...> defaults{};
};

} // namespace detail
} // namespace ctgrad

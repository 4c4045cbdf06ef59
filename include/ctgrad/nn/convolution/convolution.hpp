// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/convolution.hpp>
#include <ctgrad/nn/convolution/options.hpp>
#include <ctgrad/ops/reshape.hpp>

namespace ctgrad {

namespace detail {

/// How a convolution along `Axes` axes is padded and spaced.
template <int Axes, class Strides, class Dilations, class Padding>
struct convolution_settings {
    static constexpr int axes = Axes;
    using padding_type = Padding;
    static constexpr std::int64_t stride(int k) { return Strides::at(k); }
    static constexpr std::int64_t dilation(int k) { return Dilations::at(k); }
    static constexpr bool is_right = suit_axes<Axes, Strides, Dilations>();
};

/// What is wrong with x and a kernel of `axes` window axes.
constexpr fault check_convolution(const attributes& x, const attributes& kernel, int axes) {
    if (x.shape.rank != axes + 2 || kernel.shape.rank != axes + 2) return fault::rank_must_fit;
    for (int k = 1; k < axes + 2; ++k)
        if (!x.shape[k].is_static()) return fault::dimension_must_be_static;
    for (int k = 0; k < axes + 2; ++k) {
        if (!kernel.shape[k].is_static()) return fault::dimension_must_be_static;
        if (kernel.shape[k].extent < 1) return fault::extents_must_be_positive;
    }
    return fault::none;
}

/// y of x and kernel.
template <fixed_string Name, class Settings>
struct convolution_options {
    static constexpr phrase called(std::string_view) { return Name.view(); }
    static constexpr inference asked(const attributes& x, const attributes& kernel) {
        constexpr int axes = Settings::axes;
        inference out;
        if (const fault found = check_convolution(x, kernel, axes); found != fault::none) return {{}, found};
        if (!Settings::is_right) return {{}, fault::rank_must_fit};
        const std::int64_t channels = x.shape[axes + 1].extent, of_group = kernel.shape[axes].extent,
                           filters = kernel.shape[axes + 1].extent;
        if (channels % of_group != 0) return {{}, fault::channels_must_match};
        if (filters % (channels / of_group) != 0) return {{}, fault::groups_must_divide_channels};
        out.result.shape.append(x.shape[0]);
        for (int k = 0; k < axes; ++k) {
            const window_axis w = window_axis_of<typename Settings::padding_type>(x.shape[k + 1].extent, kernel.shape[k].extent,
                                                                                  Settings::stride(k), Settings::dilation(k));
            if (w.output < 1) return {{}, fault::window_must_fit_input};
            write_window_axis(out.result, k, w);
            out.result.shape.append(w.output);
        }
        out.result.shape.append(filters);
        return out;
    }
};

/// x of kernel and y, as the gradient of a convolution to its input gives it: a transposed convolution of y.
template <fixed_string Name, class Settings>
struct transposed_convolution_options {
    static constexpr phrase called(std::string_view) { return Name.view(); }
    static constexpr inference asked(const attributes& kernel, const attributes& y) {
        constexpr int axes = Settings::axes;
        inference out;
        if (const fault found = check_convolution(y, kernel, axes); found != fault::none) return {{}, found};
        if (!Settings::is_right) return {{}, fault::rank_must_fit};
        if (!(y.shape[axes + 1] == kernel.shape[axes + 1])) return {{}, fault::channels_must_match};
        out.result.shape.append(y.shape[0]);
        for (int k = 0; k < axes; ++k) {
            const std::int64_t n = y.shape[k + 1].extent, span = (kernel.shape[k].extent - 1) * Settings::dilation(k) + 1;
            const std::int64_t stride = Settings::stride(k), more = span > stride ? span - stride : 0;
            const bool is_same = std::is_same_v<typename Settings::padding_type, same_t>;
            const std::int64_t extent = n * stride + (is_same ? 0 : more);
            window_axis w{stride, Settings::dilation(k), is_same ? more / 2 : 0, extent, kernel.shape[k].extent, n};
            write_window_axis(out.result, k, w);
            out.result.shape.append(extent);
        }
        out.result.shape.append(kernel.shape[axes]);
        return out;
    }
};

template <fixed_string Name, int Axes>
using convolution_formula = window_formula<Name, default_value<"strides", axis_numbers<>>, default_value<"padding", valid_t>,
                                           default_value<"dilations", axis_numbers<>>>;

template <class Given>
using chosen_strides = decltype(std::declval<Given>()[layer_option<"strides">{}]);
template <class Given>
using chosen_padding = decltype(std::declval<Given>()[layer_option<"padding">{}]);
template <class Given>
using chosen_dilations = decltype(std::declval<Given>()[layer_option<"dilations">{}]);

/// A call with options `Option...`: whether they are right, and what they say.
template <fixed_string Name, int Axes, class... Option>
struct convolution_call {
    using made = kept_call_of<convolution_formula<Name, Axes>, Option...>;
    using given = typename made::values;
    using settings = convolution_settings<Axes, chosen_strides<given>, chosen_dilations<given>, chosen_padding<given>>;
    using options = convolution_options<Name, settings>;
    using transposed_options = transposed_convolution_options<Name, settings>;
    static constexpr bool is_right = made::is_right;
    using check = typename made::call;
};

/// `[K..., C, M]` as `[K..., 1, C M]`: a kernel of as many groups as there are channels.
struct depthwise_kernel_options {
    static constexpr inference asked(const attributes& kernel) {
        inference out;
        const int rank = kernel.shape.rank;
        if (rank < 3) return {{}, fault::rank_must_fit};
        if (!kernel.shape[rank - 2].is_static() || !kernel.shape[rank - 1].is_static()) return {{}, fault::dimension_must_be_static};
        for (int k = 0; k < rank - 2; ++k) out.result.shape.append(kernel.shape[k]);
        out.result.shape.append(1);
        out.result.shape.append(kernel.shape[rank - 2].extent * kernel.shape[rank - 1].extent);
        return out;
    }
};
/// What is wrong with a depthwise convolution: it has filters for each channel of x.
template <class X, class Kernel, int Axes>
constexpr fault depthwise_fault() {
    if constexpr (is_expr<X> && is_expr<Kernel>) {
        if (const fault found = check_convolution(X::root(), Kernel::root(), Axes); found != fault::none) return found;
        if (!(X::shape()[Axes + 1] == Kernel::shape()[Axes])) return fault::channels_must_match;
    }
    return fault::none;
}
} // namespace detail

/// Whether `conv1d`, `conv2d` or `conv3d` (`Axes`) takes `X` and `Kernel`, `decltype(x)`, with these options.
template <int Axes, class X, class Kernel, class... Option>
concept can_convolve =
    detail::convolution_call<"conv", Axes, std::remove_const_t<Option>...>::is_right &&
    detail::convolution_call<"conv", Axes, std::remove_const_t<Option>...>::options::asked(X::root(), Kernel::root()).found == fault::none;

// Each says for itself what it does: one call more, and an error would name the user's line too late.

/// Convolutions of `x`, `[N, S..., C]` with one, two or three spatial axes, with `kernel`, `[K..., C / groups, O]`:
/// y_po = sum over window elements k and channels c of x_(p stride + k dilation - pad, c) kernel_kco, `conv2d(x, kernel, strides<2, 2>,
/// padding = same)`. As many groups as the kernel has fewer channels. Options: strides (1), padding (valid), dilations (1).
/// @returns `[N, P..., O]`. Derivatives: to x a transposed convolution, to the kernel a sum over all windows.
/// **Fails when** a spatial or channel axis is named (`dimension_must_be_static`), ranks are wrong (`rank_must_fit`), channels do not fit
/// (`channels_must_match`, `groups_must_divide_channels`) or no window fits (`window_must_fit_input`). Source: `tf.nn.conv2d`.
template <operand X, operand Kernel, class... Option>
constexpr auto conv1d(X x, Kernel kernel, Option...) {
    using call = detail::convolution_call<"conv1d", 1, Option...>;
    if constexpr (!call::is_right)
        return refuse<typename call::check>();
    else
        return apply<convolution_op, typename call::options>(x, kernel);
}
template <operand X, operand Kernel, class... Option>
constexpr auto conv2d(X x, Kernel kernel, Option...) {
    using call = detail::convolution_call<"conv2d", 2, Option...>;
    if constexpr (!call::is_right)
        return refuse<typename call::check>();
    else
        return apply<convolution_op, typename call::options>(x, kernel);
}
template <operand X, operand Kernel, class... Option>
constexpr auto conv3d(X x, Kernel kernel, Option...) {
    using call = detail::convolution_call<"conv3d", 3, Option...>;
    if constexpr (!call::is_right)
        return refuse<typename call::check>();
    else
        return apply<convolution_op, typename call::options>(x, kernel);
}

/// Transposed convolutions of `x`, `[N, P..., C]`, with `kernel`, `[K..., O, C]`: the gradient of a convolution to its input. The
/// result has the extents P stride, or without padding P stride + max(K - stride, 0).
/// @returns `[N, S..., O]`. Options and errors as those of `conv2d`. Source: `tf.nn.conv2d_transpose`; Keras, `Conv2DTranspose`.
template <operand X, operand Kernel, class... Option>
constexpr auto conv1d_transpose(X x, Kernel kernel, Option...) {
    using call = detail::convolution_call<"conv1d_transpose", 1, Option...>;
    if constexpr (!call::is_right)
        return refuse<typename call::check>();
    else
        return apply<convolution_input_op, typename call::transposed_options>(kernel, x);
}
template <operand X, operand Kernel, class... Option>
constexpr auto conv2d_transpose(X x, Kernel kernel, Option...) {
    using call = detail::convolution_call<"conv2d_transpose", 2, Option...>;
    if constexpr (!call::is_right)
        return refuse<typename call::check>();
    else
        return apply<convolution_input_op, typename call::transposed_options>(kernel, x);
}
template <operand X, operand Kernel, class... Option>
constexpr auto conv3d_transpose(X x, Kernel kernel, Option...) {
    using call = detail::convolution_call<"conv3d_transpose", 3, Option...>;
    if constexpr (!call::is_right)
        return refuse<typename call::check>();
    else
        return apply<convolution_input_op, typename call::transposed_options>(kernel, x);
}

/// Each channel of `x`, `[N, H, W, C]`, with filters of its own, `kernel` `[K, L, C, M]`: channel c M + m of the result is made of
/// channel c. Options and errors as those of `conv2d`. Source: `tf.nn.depthwise_conv2d`.
template <operand X, operand Kernel, class... Option>
constexpr auto depthwise_conv2d(X x, Kernel kernel, Option...) {
    using call = detail::convolution_call<"depthwise_conv2d", 2, Option...>;
    constexpr fault found = detail::depthwise_fault<X, Kernel, 2>();
    if constexpr (!call::is_right)
        return refuse<typename call::check>();
    else if constexpr (found != fault::none)
        return broken<found, "depthwise_conv2d", facts_shown<found, X>, facts_shown<found, Kernel>>;
    else
        return apply<convolution_op, typename call::options>(x, apply<reshape_op, detail::depthwise_kernel_options>(kernel));
}
template <operand X, operand Kernel, class... Option>
constexpr auto depthwise_conv1d(X x, Kernel kernel, Option...) {
    using call = detail::convolution_call<"depthwise_conv1d", 1, Option...>;
    constexpr fault found = detail::depthwise_fault<X, Kernel, 1>();
    if constexpr (!call::is_right)
        return refuse<typename call::check>();
    else if constexpr (found != fault::none)
        return broken<found, "depthwise_conv1d", facts_shown<found, X>, facts_shown<found, Kernel>>;
    else
        return apply<convolution_op, typename call::options>(x, apply<reshape_op, detail::depthwise_kernel_options>(kernel));
}
/// A depthwise convolution, then one of single elements, `pointwise` `[1, 1, C M, O]`. Source: `tf.nn.separable_conv2d`.
template <operand X, operand Kernel, operand Pointwise, class... Option>
constexpr auto separable_conv2d(X x, Kernel kernel, Pointwise pointwise, Option...) {
    using call = detail::convolution_call<"separable_conv2d", 2, Option...>;
    constexpr fault found = detail::depthwise_fault<X, Kernel, 2>();
    if constexpr (!call::is_right)
        return refuse<typename call::check>();
    else if constexpr (found != fault::none)
        return broken<found, "separable_conv2d", facts_shown<found, X>, facts_shown<found, Kernel>>;
    else
        return conv2d(apply<convolution_op, typename call::options>(x, apply<reshape_op, detail::depthwise_kernel_options>(kernel)),
                      pointwise);
}
template <operand X, operand Kernel, operand Pointwise, class... Option>
constexpr auto separable_conv1d(X x, Kernel kernel, Pointwise pointwise, Option...) {
    using call = detail::convolution_call<"separable_conv1d", 1, Option...>;
    constexpr fault found = detail::depthwise_fault<X, Kernel, 1>();
    if constexpr (!call::is_right)
        return refuse<typename call::check>();
    else if constexpr (found != fault::none)
        return broken<found, "separable_conv1d", facts_shown<found, X>, facts_shown<found, Kernel>>;
    else
        return conv1d(apply<convolution_op, typename call::options>(x, apply<reshape_op, detail::depthwise_kernel_options>(kernel)),
                      pointwise);
}

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/convolution/convolution.hpp>
#include <ctgrad/nn/layers/activation.hpp>
#include <ctgrad/ops/add.hpp>

namespace ctgrad {

namespace detail {

/// Options that all layers of convolutions have, and `More...`.
template <class... More>
using convolution_defaults =
    settings<default_value<"activation", unset>, default_value<"use_bias", std::true_type>, default_value<"strides", axis_numbers<>>,
             default_value<"padding", valid_t>, default_value<"dilation_rate", axis_numbers<>>,
             default_value<"bias_initializer", constant_initializer>, default_value<"bias_regularizer", unset>,
             default_value<"bias_constraint", unset>, More...>;
/// Those of a kernel.
template <class... More>
using kernel_defaults =
    convolution_defaults<default_value<"kernel_initializer", glorot_uniform>, default_value<"kernel_regularizer", unset>,
                         default_value<"kernel_constraint", unset>, More...>;

template <class At, fixed_string Option>
using layer_choice = std::remove_cvref_t<decltype(std::declval<At>()[layer_option<Option>{}])>;

template <class At, int Axes>
using settings_of_layer =
    convolution_settings<Axes, layer_choice<At, "strides">, layer_choice<At, "dilation_rate">, layer_choice<At, "padding">>;

/// Channels of `X`, of what is wrong with it 1.
template <class X>
constexpr std::int64_t channels_of() {
    return last_extent<X>().is_static() ? last_extent<X>().extent : 1;
}

/// Extents of a window, `Axes` of them: `K...`, or the only one for all.
template <int Axes, int... K>
constexpr std::int64_t window_extent(int k) {
    static_assert(sizeof...(K) == 1 || sizeof...(K) == static_cast<std::size_t>(Axes),
                  "ctgrad: a window has one extent, or one for each axis");
    return axis_numbers<K...>::at(k);
}

/// Variable `Name` of shape `[K..., Rest...]`.
template <class At, fixed_string Name, class X, int Axes, dimension A, dimension B, int... K>
constexpr auto window_variable() {
    if constexpr (Axes == 1)
        return At::template variable<Name, X, window_extent<1, K...>(0), A, B>();
    else if constexpr (Axes == 2)
        return At::template variable<Name, X, window_extent<2, K...>(0), window_extent<2, K...>(1), A, B>();
    else
        return At::template variable<Name, X, window_extent<3, K...>(0), window_extent<3, K...>(1), window_extent<3, K...>(2), A, B>();
}

/// The facts of such a kernel, for checks.
template <class X, int Axes, int... K>
constexpr attributes window_kernel(std::int64_t a, std::int64_t b) {
    attributes kernel;
    kernel.type = X::type();
    for (int k = 0; k < Axes; ++k) kernel.shape.append(window_extent<Axes, K...>(k));
    kernel.shape.append(a);
    kernel.shape.append(b);
    return kernel;
}

/// The bias and the activation of a layer with `Filters` filters.
template <int Filters>
struct biased {
    template <class At, class X>
    static constexpr auto bias(const At&, X) {
        return At::template variable<"bias", X, Filters>();
    }
    template <class At, class X, class Y>
    static constexpr auto finished(const At& at, X x, Y y) {
        if constexpr (is_poison<Y>)
            return poison{};
        else if constexpr (layer_choice<At, "use_bias">::value)
            return activated(at, y + bias(at, x));
        else
            return activated(at, y);
    }
    template <class At, class X, class... Weight>
    static constexpr auto weights(const At& at, X x, Weight... other) {
        if constexpr (layer_choice<At, "use_bias">::value)
            return boost::hana::make_tuple(other..., weight{bias(at, x), at[bias_initializer], at[bias_regularizer], at[bias_constraint]});
        else
            return boost::hana::make_tuple(other...);
    }
};

template <fixed_string Kind, int Axes, int Filters, int... K>
struct convolution_layer {
    static constexpr fixed_string kind = Kind;
    static constexpr std::string_view name = kind.view();
    static constexpr kernel_defaults<default_value<"channel_groups", axis_numbers<1>>> defaults{};

    template <class At, class X>
    static constexpr auto of(const At& at, X x) {
        if constexpr (constexpr fault found = check<At, X>(); found != fault::none)
            return broken<found, show([] { return Kind.view(); }), facts_shown<found, X>>;
        else
            return biased<Filters>::finished(at, x, apply<convolution_op, options<At>>(x, kernel(at, x)));
    }
    template <class At, class X>
    static constexpr auto weights(const At& at, X x) {
        return biased<Filters>::weights(at, x,
                                        weight{kernel(at, x), at[kernel_initializer], at[kernel_regularizer], at[kernel_constraint]});
    }

private:
    template <class At>
    static constexpr std::int64_t groups = layer_choice<At, "channel_groups">::at(0);

    /// What would show in the shape of the kernel only.
    template <class At, class X>
    static constexpr fault check() {
        if (X::rank != Axes + 2) return fault::rank_must_fit;
        if (!last_extent<X>().is_static()) return fault::dimension_must_be_static;
        if (groups<At> < 1 || channels_of<X>() % groups<At> != 0 || Filters % groups<At> != 0) return fault::groups_must_divide_channels;
        return options<At>::asked(X::root(), window_kernel<X, Axes, K...>(channels_of<X>() / groups<At>, Filters)).found;
    }
    template <class At>
    using options = convolution_options<Kind, settings_of_layer<At, Axes>>;

    template <class At, class X>
    static constexpr auto kernel(const At&, X) {
        return window_variable<At, "kernel", X, Axes, channels_of<X>() / groups<At>, Filters, K...>();
    }
};

template <fixed_string Kind, int Axes, int Filters, int... K>
struct transposed_layer {
    static constexpr fixed_string kind = Kind;
    static constexpr std::string_view name = kind.view();
    static constexpr kernel_defaults<> defaults{};

    template <class At, class X>
    static constexpr auto of(const At& at, X x) {
        using options = transposed_convolution_options<Kind, settings_of_layer<At, Axes>>;
        constexpr fault found = options::asked(window_kernel<X, Axes, K...>(Filters, channels_of<X>()), X::root()).found;
        if constexpr (found != fault::none)
            return broken<found, show([] { return Kind.view(); }), facts_shown<found, X>>;
        else
            return biased<Filters>::finished(at, x, apply<convolution_input_op, options>(kernel(at, x), x));
    }
    template <class At, class X>
    static constexpr auto weights(const At& at, X x) {
        return biased<Filters>::weights(at, x,
                                        weight{kernel(at, x), at[kernel_initializer], at[kernel_regularizer], at[kernel_constraint]});
    }

private:
    template <class At, class X>
    static constexpr auto kernel(const At&, X) {
        return window_variable<At, "kernel", X, Axes, Filters, channels_of<X>(), K...>();
    }
};

template <class Formula, class... Argument>
constexpr auto made_layer(Argument... given) {
    return layer_function<Formula>{}(given...);
}

} // namespace detail

/// Layers of convolutions: `conv2d<32, 3>(relu, padding = same)` has 32 filters with windows of 3 by 3, `conv2d<32, 3, 5>()` of 3 by 5.
/// Options: activation (none), use_bias (true), strides (1), padding (valid), dilation_rate (1), channel_groups (1),
/// kernel_initializer (glorot_uniform), bias_initializer (zeros), kernel_regularizer, bias_regularizer, kernel_constraint,
/// bias_constraint, name. Variables: kernel `[K..., C / groups, Filters]`, bias `[Filters]`.
/// @returns for `x` of shape `[N, S..., C]` the shape `[N, P..., Filters]`. **Fails when** groups do not divide the channels
/// (`groups_must_divide_channels`), the rank is wrong (`rank_must_fit`) or no window fits (`window_must_fit_input`).
/// Source: Keras, `Conv1D`, `Conv2D`, `Conv3D`.
template <int Filters, int... K, class... Argument>
constexpr auto conv1d(Argument... given) {
    return detail::made_layer<detail::convolution_layer<"conv1d", 1, Filters, K...>>(given...);
}
template <int Filters, int... K, class... Argument>
constexpr auto conv2d(Argument... given) {
    return detail::made_layer<detail::convolution_layer<"conv2d", 2, Filters, K...>>(given...);
}
template <int Filters, int... K, class... Argument>
constexpr auto conv3d(Argument... given) {
    return detail::made_layer<detail::convolution_layer<"conv3d", 3, Filters, K...>>(given...);
}

/// Layers of transposed convolutions: `conv2d_transpose<16, 3>(strides<2>, padding = same)`. Options as those of `conv2d`, without
/// channel_groups. Variables: kernel `[K..., Filters, C]`, bias `[Filters]`. Source: Keras, `Conv2DTranspose`.
template <int Filters, int... K, class... Argument>
constexpr auto conv1d_transpose(Argument... given) {
    return detail::made_layer<detail::transposed_layer<"conv1d_transpose", 1, Filters, K...>>(given...);
}
template <int Filters, int... K, class... Argument>
constexpr auto conv2d_transpose(Argument... given) {
    return detail::made_layer<detail::transposed_layer<"conv2d_transpose", 2, Filters, K...>>(given...);
}

} // namespace ctgrad

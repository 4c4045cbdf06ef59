// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/convolution.hpp>

namespace ctgrad {

/// What is said of the kernels of depthwise and separable layers, as `kernel_initializer` and the like say it of others.
inline constexpr layer_option<"depthwise_initializer"> depthwise_initializer{};
inline constexpr layer_option<"pointwise_initializer"> pointwise_initializer{};
inline constexpr layer_option<"depthwise_regularizer"> depthwise_regularizer{};
inline constexpr layer_option<"pointwise_regularizer"> pointwise_regularizer{};
inline constexpr layer_option<"depthwise_constraint"> depthwise_constraint{};
inline constexpr layer_option<"pointwise_constraint"> pointwise_constraint{};

namespace detail {

/// The depthwise part of layer `At`: variable `Name`, and x behind it.
template <fixed_string Kind, fixed_string Name, int Axes, int... K>
struct depthwise_part {
    template <class At>
    static constexpr std::int64_t multiplier = layer_choice<At, "depth_multiplier">::at(0);

    template <class At, class X>
    static constexpr auto kernel(const At&, X) {
        return window_variable<At, Name, X, Axes, channels_of<X>(), multiplier<At>, K...>();
    }
    template <class At>
    using options = convolution_options<Kind, settings_of_layer<At, Axes>>;

    template <class At, class X>
    static constexpr fault check() {
        if (X::rank != Axes + 2) return fault::rank_must_fit;
        return options<At>::asked(X::root(), window_kernel<X, Axes, K...>(1, channels_of<X>() * multiplier<At>)).found;
    }
    template <class At, class X>
    static constexpr auto applied(const At& at, X x) {
        return apply<convolution_op, options<At>>(x, apply<reshape_op, depthwise_kernel_options>(kernel(at, x)));
    }
};

template <fixed_string Kind, int Axes, int... K>
struct depthwise_layer {
    static constexpr fixed_string kind = Kind;
    static constexpr std::string_view name = kind.view();
    static constexpr kernel_defaults<default_value<"depth_multiplier", axis_numbers<1>>, default_value<"depthwise_initializer", unset>,
                                     default_value<"depthwise_regularizer", unset>, default_value<"depthwise_constraint", unset>>
        defaults{};
    using part = depthwise_part<Kind, "kernel", Axes, K...>;

    template <class At, class X>
    static constexpr auto of(const At& at, X x) {
        if constexpr (constexpr fault found = part::template check<At, X>(); found != fault::none)
            return broken<found, show([] { return Kind.view(); }), facts_shown<found, X>>;
        else
            return finish<At, X>::finished(at, x, part::applied(at, x));
    }
    /// What is said of the kernel is named as in Keras (`depthwise_initializer`), or as of other layers.
    template <class At, class X>
    static constexpr auto weights(const At& at, X x) {
        return finish<At, X>::weights(at, x,
                                      weight{part::kernel(at, x), one_of(at[depthwise_initializer], at[kernel_initializer]),
                                             one_of(at[depthwise_regularizer], at[kernel_regularizer]),
                                             one_of(at[depthwise_constraint], at[kernel_constraint])});
    }

private:
    template <class At, class X>
    using finish = biased<static_cast<int>(channels_of<X>() * part::template multiplier<At>)>;

    template <class A, class B>
    static constexpr auto one_of(const A& a, const B& b) {
        if constexpr (std::is_same_v<A, unset>)
            return b;
        else
            return a;
    }
};

template <fixed_string Kind, int Axes, int Filters, int... K>
struct separable_layer {
    static constexpr fixed_string kind = Kind;
    static constexpr std::string_view name = kind.view();
    static constexpr convolution_defaults<default_value<"depth_multiplier", axis_numbers<1>>,
                                          default_value<"depthwise_initializer", glorot_uniform>,
                                          default_value<"pointwise_initializer", glorot_uniform>,
                                          default_value<"depthwise_regularizer", unset>, default_value<"pointwise_regularizer", unset>,
                                          default_value<"depthwise_constraint", unset>, default_value<"pointwise_constraint", unset>>
        defaults{};
    using part = depthwise_part<Kind, "depthwise_kernel", Axes, K...>;

    template <class At, class X>
    static constexpr auto of(const At& at, X x) {
        using options = convolution_options<Kind, convolution_settings<Axes, axis_numbers<>, axis_numbers<>, valid_t>>;
        if constexpr (constexpr fault found = part::template check<At, X>(); found != fault::none)
            return broken<found, show([] { return Kind.view(); }), facts_shown<found, X>>;
        else
            return biased<Filters>::finished(at, x, apply<convolution_op, options>(part::applied(at, x), pointwise(at, x)));
    }
    template <class At, class X>
    static constexpr auto weights(const At& at, X x) {
        return biased<Filters>::weights(
            at, x, weight{part::kernel(at, x), at[depthwise_initializer], at[depthwise_regularizer], at[depthwise_constraint]},
            weight{pointwise(at, x), at[pointwise_initializer], at[pointwise_regularizer], at[pointwise_constraint]});
    }

private:
    template <class At, class X>
    static constexpr auto pointwise(const At&, X) {
        return window_variable<At, "pointwise_kernel", X, Axes, channels_of<X>() * part::template multiplier<At>, Filters, 1>();
    }
};

} // namespace detail

/// Layers that give each channel filters of its own: `depthwise_conv2d<3>(depth_multiplier<2>)`. Options as those of `conv2d`, and
/// depth_multiplier (1); the kernel's are depthwise_initializer, ... Variables: kernel `[K..., C, M]`, bias `[C M]`.
/// Source: Keras, `DepthwiseConv2D`.
template <int... K, class... Argument>
    requires(sizeof...(K) > 0)
constexpr auto depthwise_conv1d(Argument... given) {
    return detail::made_layer<detail::depthwise_layer<"depthwise_conv1d", 1, K...>>(given...);
}
template <int... K, class... Argument>
    requires(sizeof...(K) > 0)
constexpr auto depthwise_conv2d(Argument... given) {
    return detail::made_layer<detail::depthwise_layer<"depthwise_conv2d", 2, K...>>(given...);
}

/// A depthwise layer, then a convolution of single elements: `separable_conv2d<32, 3>(relu)`. Options as those of `conv2d`, and
/// depth_multiplier (1), depthwise_initializer, pointwise_initializer, ... Variables: depthwise_kernel `[K..., C, M]`, pointwise_kernel
/// `[1..., C M, Filters]`, bias `[Filters]`. Source: Keras, `SeparableConv2D`.
template <int Filters, int... K, class... Argument>
constexpr auto separable_conv1d(Argument... given) {
    return detail::made_layer<detail::separable_layer<"separable_conv1d", 1, Filters, K...>>(given...);
}
template <int Filters, int... K, class... Argument>
constexpr auto separable_conv2d(Argument... given) {
    return detail::made_layer<detail::separable_layer<"separable_conv2d", 2, Filters, K...>>(given...);
}

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/convolution/pooling.hpp>
#include <ctgrad/nn/layers/layer.hpp>
#include <ctgrad/ops/reduce_max.hpp>
#include <ctgrad/ops/reduce_mean.hpp>

namespace ctgrad {

namespace detail {

/// Options of pooling; windows have `K...` elements, 2 along each axis if none are said.
using pooling_layer_defaults =
    settings<default_value<"pool_size", unset>, default_value<"strides", axis_numbers<>>, default_value<"padding", valid_t>>;

template <fixed_string Kind, int Axes, bool Mean, int... K>
struct pooling_layer {
    static constexpr fixed_string kind = Kind;
    static constexpr std::string_view name = kind.view();
    static constexpr pooling_layer_defaults defaults{};

    template <class At, class X>
    static constexpr auto of(const At&, X x) {
        using given = std::remove_cvref_t<decltype(std::declval<At>()[layer_option<"pool_size">{}])>;
        using said = std::conditional_t<sizeof...(K) == 0, axis_numbers<2>, axis_numbers<K...>>;
        using size = std::conditional_t<std::is_same_v<given, unset>, said, given>;
        using steps = std::remove_cvref_t<decltype(std::declval<At>()[layer_option<"strides">{}])>;
        using ends = std::remove_cvref_t<decltype(std::declval<At>()[layer_option<"padding">{}])>;
        using how = pooling_settings<Kind, Axes, size, steps, ends>;
        if constexpr (constexpr fault found = how::check(X::root()); found != fault::none)
            return broken<found, show([] { return Kind.view(); }), facts_shown<found, X>>;
        else if constexpr (Mean)
            return pooled_mean<how>(x);
        else
            return pooled_largest<how>(x);
    }
};

/// Of all windows one: `Axes` axes behind the first.
template <fixed_string Kind, int Axes, bool Mean>
struct global_pooling_layer {
    static constexpr fixed_string kind = Kind;
    static constexpr std::string_view name = kind.view();
    static constexpr settings<default_value<"keepdims", std::false_type>> defaults{};

    template <class At, class X>
    static constexpr auto of(const At&, X x) {
        if constexpr (X::rank != Axes + 2)
            return broken<fault::rank_must_fit, show([] { return Kind.view(); }), facts_shown<fault::rank_must_fit, X>>;
        else if constexpr (std::remove_cvref_t<decltype(std::declval<At>()[layer_option<"keepdims">{}])>::value)
            return combined(x, ctgrad::keepdims);
        else
            return combined(x, dropdims_t{});
    }

private:
    template <class X, class Dims>
    static constexpr auto combined(X x, Dims dims) {
        using all = std::conditional_t<Axes == 1, axis_t<1>, std::conditional_t<Axes == 2, axis_t<1, 2>, axis_t<1, 2, 3>>>;
        if constexpr (Mean)
            return reduce_mean(x, all{}, dims);
        else
            return reduce_max(x, all{}, dims);
    }
};

} // namespace detail

/// Layers of max pooling, `max_pooling2d<2>()`, and of average pooling, windows of 2 along each axis if none are said. Options: pool_size,
/// strides (the window's extents), padding (valid), name.
/// @returns for `x` of shape `[N, S..., C]` the shape `[N, P..., C]`. Errors as of `max_pool2d`. Source: Keras, `MaxPooling2D`,
/// `AveragePooling2D`.
template <int... K, class... Argument>
constexpr auto max_pooling1d(Argument... given) {
    return layer_function<detail::pooling_layer<"max_pooling1d", 1, false, K...>>{}(given...);
}
template <int... K, class... Argument>
constexpr auto max_pooling2d(Argument... given) {
    return layer_function<detail::pooling_layer<"max_pooling2d", 2, false, K...>>{}(given...);
}
template <int... K, class... Argument>
constexpr auto max_pooling3d(Argument... given) {
    return layer_function<detail::pooling_layer<"max_pooling3d", 3, false, K...>>{}(given...);
}
template <int... K, class... Argument>
constexpr auto average_pooling1d(Argument... given) {
    return layer_function<detail::pooling_layer<"average_pooling1d", 1, true, K...>>{}(given...);
}
template <int... K, class... Argument>
constexpr auto average_pooling2d(Argument... given) {
    return layer_function<detail::pooling_layer<"average_pooling2d", 2, true, K...>>{}(given...);
}
template <int... K, class... Argument>
constexpr auto average_pooling3d(Argument... given) {
    return layer_function<detail::pooling_layer<"average_pooling3d", 3, true, K...>>{}(given...);
}

/// Layers that pool each channel as a whole: `global_average_pooling2d()`, of `[N, H, W, C]` `[N, C]`, or `[N, 1, 1, C]` with
/// `keep_dimensions<true>`. Source: Keras, `GlobalAveragePooling2D`, `GlobalMaxPooling2D`.
inline constexpr layer_function<detail::global_pooling_layer<"global_average_pooling1d", 1, true>> global_average_pooling1d{};
inline constexpr layer_function<detail::global_pooling_layer<"global_average_pooling2d", 2, true>> global_average_pooling2d{};
inline constexpr layer_function<detail::global_pooling_layer<"global_average_pooling3d", 3, true>> global_average_pooling3d{};
inline constexpr layer_function<detail::global_pooling_layer<"global_max_pooling1d", 1, false>> global_max_pooling1d{};
inline constexpr layer_function<detail::global_pooling_layer<"global_max_pooling2d", 2, false>> global_max_pooling2d{};
inline constexpr layer_function<detail::global_pooling_layer<"global_max_pooling3d", 3, false>> global_max_pooling3d{};
/// Whether a global pooling keeps the axes that it combines, with extent 1.
template <bool Keep>
inline constexpr kept_value<layer_option<"keepdims">, std::bool_constant<Keep>> keep_dimensions{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/normalization.hpp>

namespace ctgrad {

namespace detail {

struct layer_normalization_formula {
    static constexpr fixed_string kind = "layer_normalization";
    static constexpr std::string_view name = kind.view();
    static constexpr bool keeps_mask = true;
    static constexpr auto defaults = [] {
        using namespace literals;
        return settings<default_value<"axis", axis_t<-1>>, chosen<epsilon_t, decltype(0.001_c)>, default_value<"center", std::true_type>,
                        default_value<"scale", std::true_type>, default_value<"beta_initializer", constant_initializer>,
                        default_value<"gamma_initializer", one_initializer>, default_value<"beta_regularizer", unset>,
                        default_value<"gamma_regularizer", unset>, default_value<"beta_constraint", unset>,
                        default_value<"gamma_constraint", unset>>{};
    }();

    template <class At, class X>
    static constexpr auto of(const At& at, X x) {
        return along_axes<layer_normalization_formula, X, axes_for<At>>([&] {
            const auto centred = x - reduce_mean(x, axes_for<At>{}, keepdims);
            const auto variance = reduce_mean(square(centred), axes_for<At>{}, keepdims);
            return parts<At, X>::applied(centred * rsqrt(variance + at[epsilon]), x);
        });
    }
    template <class At, class X>
    static constexpr auto weights(const At& at, X) {
        return parts<At, X>::weights(at);
    }

private:
    template <class At>
    using axes_for = decltype(std::declval<At>()[layer_option<"axis">{}]);
    template <class At, class X>
    using parts = shift_and_scale<At, X, axes_for<At>>;
};

} // namespace detail

/// Shifts and scales each example to mean 0 and standard deviation 1 along the last axis, or along `axis<...>`; then to gamma y + beta.
/// Options: axis (-1), epsilon (0.001), center, scale (true), beta_initializer (zeros), gamma_initializer (ones), beta_regularizer,
/// gamma_regularizer, beta_constraint, gamma_constraint, name. Variables gamma and beta have the extents of the axes.
/// Source: Ba, Kiros and Hinton, Layer normalization (2016); Keras, `LayerNormalization`.
inline constexpr layer_function<detail::layer_normalization_formula> layer_normalization{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/normalization.hpp>

namespace ctgrad {

namespace detail {

struct rms_normalization_formula {
    static constexpr fixed_string kind = "rms_normalization";
    static constexpr std::string_view name = kind.view();
    static constexpr bool keeps_mask = true;
    static constexpr settings<default_value<"axis", axis_t<-1>>, chosen<epsilon_t, literal<number_bits(1e-6)>>> defaults{};

    template <class At, class X>
    static constexpr auto of(const At& at, X x) {
        return along_axes<rms_normalization_formula, X, axes_for<At>>([&] {
            const auto mean = reduce_mean(square(x), axes_for<At>{}, keepdims);
            return x * rsqrt(mean + at[epsilon]) * parts<At, X>::beside(factors<At, X>(), x);
        });
    }
    template <class At, class X>
    static constexpr auto weights(const At&, X) {
        return boost::hana::make_tuple(weight{factors<At, X>(), one_initializer{}});
    }

private:
    template <class At>
    using axes_for = decltype(std::declval<At>()[layer_option<"axis">{}]);
    template <class At, class X>
    using parts = along_some_axes<At, X, axes_for<At>>;
    template <class At, class X>
    static constexpr auto factors() {
        return parts<At, X>::template variable<"scale">();
    }
};

} // namespace detail

/// Divides each example by the root of the mean of its squares along the last axis, or along `axis<...>`; times scale:
/// x / sqrt(mean(x^2) + epsilon) scale. Options: axis (-1), epsilon (1e-6), name. Variable: scale, of ones, with the extents of the axes.
/// Source: Zhang and Sennrich, Root mean square layer normalization (2019); Keras, `RMSNormalization`.
inline constexpr layer_function<detail::rms_normalization_formula> rms_normalization{};

} // namespace ctgrad

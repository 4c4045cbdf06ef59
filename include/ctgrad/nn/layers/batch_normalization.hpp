// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/normalization.hpp>

namespace ctgrad {

namespace detail {

struct batch_normalization_formula {
    static constexpr fixed_string kind = "batch_normalization";
    static constexpr std::string_view name = kind.view();
    static constexpr auto defaults = [] {
        using namespace literals;
        return settings<default_value<"axis", axis_t<-1>>, chosen<momentum_t, decltype(0.99_c)>, chosen<epsilon_t, decltype(0.001_c)>,
                        default_value<"center", std::true_type>, default_value<"scale", std::true_type>,
                        default_value<"beta_initializer", constant_initializer>, default_value<"gamma_initializer", one_initializer>,
                        default_value<"moving_mean_initializer", constant_initializer>,
                        default_value<"moving_variance_initializer", one_initializer>, default_value<"beta_regularizer", unset>,
                        default_value<"gamma_regularizer", unset>, default_value<"beta_constraint", unset>,
                        default_value<"gamma_constraint", unset>>{};
    }();

    template <class At, class X>
    static constexpr auto of(const At& at, X x) {
        return along_axes<batch_normalization_formula, X, axes_for<At>>([&] {
            return normalized_by(at, x, moving<At, X>::template state<"moving_mean">(), moving<At, X>::template state<"moving_variance">());
        });
    }
    template <class At, class X>
    static constexpr auto train(const At& at, X x) {
        return along_axes<batch_normalization_formula, X, axes_for<At>>(
            [&] { return normalized_by(at, x, batch_mean<At>(x), batch_variance<At>(x)); });
    }
    template <class At, class X>
    static constexpr auto updates(const At& at, X x) {
        return boost::hana::make_tuple(moved(at, moving<At, X>::template state<"moving_mean">(), batch_mean<At>(x)),
                                       moved(at, moving<At, X>::template state<"moving_variance">(), batch_variance<At>(x)));
    }
    template <class At, class X>
    static constexpr auto weights(const At& at, X) {
        return boost::hana::concat(
            moving<At, X>::weights(at),
            boost::hana::make_tuple(weight{moving<At, X>::template state<"moving_mean">(), at[moving_mean_initializer]},
                                    weight{moving<At, X>::template state<"moving_variance">(), at[moving_variance_initializer]}));
    }

private:
    template <class At>
    using axes_for = decltype(std::declval<At>()[layer_option<"axis">{}]);
    template <class At, class X>
    using moving = shift_and_scale<At, X, axes_for<At>>;

    template <class At, class X, class Mean, class Variance>
    static constexpr auto normalized_by(const At& at, X x, Mean mean, Variance variance) {
        using parts = moving<At, X>;
        return parts::applied((x - parts::beside(mean, x)) * parts::beside(rsqrt(variance + at[epsilon]), x), x);
    }
    template <class At, class X>
    static constexpr auto batch_mean(X x) {
        return reduce_mean(x, typename moving<At, X>::across{});
    }
    template <class At, class X>
    static constexpr auto batch_variance(X x) {
        return reduce_mean(square(x - moving<At, X>::beside(batch_mean<At>(x), x)), typename moving<At, X>::across{});
    }
    template <class At, class State, class Now>
    static constexpr auto moved(const At& at, State state, Now now) {
        using namespace literals;
        return assign(state, at[momentum] * state + (1_c - at[momentum]) * now);
    }
};

} // namespace detail

/// Shifts and scales each channel (an element of the last axis, or of `axis<k>`) to mean beta and standard deviation gamma:
/// gamma (x - mean) / sqrt(variance + epsilon) + beta, in training with mean and variance of the batch, whose moving averages
/// `updates(x)` keeps; otherwise with those.
/// Options: axis (-1), momentum (0.99), epsilon (0.001), center, scale (true), beta_initializer (zeros), gamma_initializer (ones),
/// moving_mean_initializer (zeros), moving_variance_initializer (ones), beta_regularizer, gamma_regularizer, beta_constraint,
/// gamma_constraint, name. Variables gamma and beta, states moving_mean and moving_variance, each with the extent of the axis.
/// Source: Ioffe and Szegedy, Batch normalization (2015); Keras, `BatchNormalization`.
inline constexpr layer_function<detail::batch_normalization_formula> batch_normalization{};

} // namespace ctgrad

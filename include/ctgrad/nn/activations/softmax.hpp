// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/activations/log_softmax.hpp>
#include <ctgrad/nn/loss_rules.hpp>
#include <ctgrad/ops/divide.hpp>

namespace ctgrad {

/// Probabilities from logits along an axis, the last if none is named (`tf.nn.softmax`):
/// e^(z-m) / sum e^(z-m), m the largest z. Where z is -inf it is 0.
/// @returns the shape and dtype of `z`; along the axis the elements sum to 1. Derivative: dz = y (dy - sum y dy).
/// **Fails when** the axis is out of range (`axis_must_be_in_range`) or the dtype is not floating
/// (`dtype_must_be_floating`), or `z` is a softmax or log_softmax already (`logits_must_have_no_activation`).
/// @see log_softmax
struct softmax_function : constant_options<"softmax"> {
    using constant_options<"softmax">::operator();

    template <operand Z, int... Axes>
    constexpr auto operator()(Z z, axis_t<Axes...> axes) const {
        constexpr fault found = detail::floating_reduction_fault<axis_t<Axes...>, Z>();
        if constexpr (found != fault::none)
            return broken<found, show([] { return detail::call_along("softmax", axis_t<Axes...>::list); }), facts_shown<found, Z>>;
        else if constexpr (detail::is_softmax_of_softmax<Z>())
            return broken<fault::logits_must_have_no_activation, "softmax", show([] { return detail::activation_of(Z::root()); })>;
        else {
            const auto powers = exp(detail::shifted_by_largest(z, axes));
            return powers / reduce_sum(powers, axes, keepdims);
        }
    }
    template <operand Z>
    constexpr auto operator()(Z z) const {
        return (*this)(z, axis<-1>);
    }
};
inline constexpr softmax_function softmax{};

} // namespace ctgrad

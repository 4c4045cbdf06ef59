// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/loss_rules.hpp>
#include <ctgrad/ops/exp.hpp>
#include <ctgrad/ops/log.hpp>
#include <ctgrad/ops/reduce_max.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/stop_gradient.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

namespace detail {

/// `x` less its largest element along the axes, which changes no softmax and keeps e^x finite.
template <operand X, int... Axes>
constexpr auto shifted_by_largest(X x, axis_t<Axes...> axes) {
    return x - stop_gradient(reduce_max(x, axes, keepdims));
}

} // namespace detail

/// The logarithm of `softmax` along an axis, the last if none is named (`tf.nn.log_softmax`):
/// z - m - ln sum e^(z-m), m the largest z. It is exact where the softmax itself is too small for its dtype; where
/// z is -inf it is -inf.
/// @returns the shape and dtype of `z`. Derivative: dz = dy - softmax(z) sum dy.
/// **Fails when** the axis is out of range (`axis_must_be_in_range`) or the dtype is not floating
/// (`dtype_must_be_floating`), or `z` is a softmax or log_softmax already (`logits_must_have_no_activation`).
/// @see softmax, softmax_cross_entropy_with_logits
struct log_softmax_function : constant_options<"log_softmax"> {
    using constant_options<"log_softmax">::operator();

    template <operand Z, int... Axes>
    constexpr auto operator()(Z z, axis_t<Axes...> axes) const {
        constexpr fault found = detail::floating_reduction_fault<axis_t<Axes...>, Z>();
        if constexpr (found != fault::none)
            return broken<found, show([] { return detail::call_along("log_softmax", axis_t<Axes...>::list); }), facts_shown<found, Z>>;
        else if constexpr (detail::is_softmax_of_softmax<Z>())
            return broken<fault::logits_must_have_no_activation, "log_softmax", show([] { return detail::activation_of(Z::root()); })>;
        else {
            const auto shifted = detail::shifted_by_largest(z, axes);
            return shifted - log(reduce_sum(exp(shifted), axes, keepdims));
        }
    }
    template <operand Z>
    constexpr auto operator()(Z z) const {
        return (*this)(z, axis<-1>);
    }
};
inline constexpr log_softmax_function log_softmax{};

} // namespace ctgrad

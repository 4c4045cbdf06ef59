// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/exp.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/log.hpp>
#include <ctgrad/ops/reduce_max.hpp>
#include <ctgrad/ops/stop_gradient.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad {

/// ln of the sum of e^x along `axis<...>`, computed as m + ln sum e^(x-m) with m the largest
/// element, so that it does not overflow: `reduce_logsumexp(x, axis<1>, keepdims)`.
/// @returns the shape of `x` without those axes, or with extent 1 there after `keepdims`.
/// Derivative: e^(x - y). **Fails when** an axis is out of range, or the dtype is not floating.
struct reduce_logsumexp_function : constant_options<"reduce_logsumexp"> {
    using constant_options<"reduce_logsumexp">::operator();

    template <operand X, int... A, keeps_or_drops Dims = dropdims_t>
    constexpr auto operator()(X x, axis_t<A...> axes = {}, Dims dims = {}) const {
        constexpr verdict found = detail::floating_reduction_verdict<axis_t<A...>, X>();
        if constexpr (found != verdict::holds)
            return mistake<found, show([] { return detail::call_along("reduce_logsumexp", axis_t<A...>::list); }), facts_shown<found, X>>;
        else
            return stable(x, axes, dims);
    }

private:
    // An infinite largest element would give inf - inf; TensorFlow takes 0 there.
    template <operand X>
    static constexpr auto finite(X largest) {
        return stop_gradient(where(abs(largest) < literal<infinity_bits>{}, largest, literal<0>{}));
    }
    template <operand X, class Axes, class Dims>
    static constexpr auto stable(X x, Axes axes, Dims dims) {
        const auto powers = reduce_sum(exp(x - finite(reduce_max(x, axes, keepdims))), axes, dims);
        return log(powers) + finite(reduce_max(x, axes, dims));
    }

    static constexpr std::uint64_t infinity_bits = 0x7ff0000000000000u;
};
inline constexpr reduce_logsumexp_function reduce_logsumexp{};

} // namespace ctgrad

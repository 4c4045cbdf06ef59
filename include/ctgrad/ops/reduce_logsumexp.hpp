// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/exp.hpp>
#include <ctgrad/ops/log.hpp>
#include <ctgrad/ops/reduce_max.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/shift_below.hpp>
#include <ctgrad/ops/stop_gradient.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad {

/// ln of the sum of e^x along `axis<...>`, computed as m + ln sum e^(x-m) with m the largest
/// element, so that it does not overflow: `reduce_logsumexp(x, axis<1>, keepdims)`. Of -inf alone it is -inf with slopes 0; elements
/// that are +inf share a slope of 1.
/// @returns the shape of `x` without those axes, or with extent 1 there after `keepdims`.
/// Derivative: e^(x - y). **Fails when** an axis is out of range, or the dtype is not floating. Source: `tf.math.reduce_logsumexp`.
struct reduce_logsumexp_function : constant_options<"reduce_logsumexp"> {
    using constant_options<"reduce_logsumexp">::operator();

    template <operand X, int... A, keeps_or_drops Dims = dropdims_t>
    constexpr auto operator()(X x, axis_t<A...> axes = {}, Dims dims = {}) const {
        constexpr fault found = detail::floating_reduction_fault<axis_t<A...>, X>();
        if constexpr (found != fault::none)
            return broken<found, show([] { return detail::call_along("reduce_logsumexp", axis_t<A...>::list); }), facts_shown<found, X>>;
        else
            return stable(x, axes, dims);
    }

private:
    static constexpr std::uint64_t minus_infinity = 0xfff0000000000000u;

    template <operand X, class Axes, class Dims>
    static constexpr auto stable(X x, Axes axes, Dims dims) {
        const auto largest = stop_gradient(reduce_max(x, axes, keepdims));
        const auto finite = where(equal(largest, literal<minus_infinity>{}), literal<0>{}, largest); // of -inf alone it is 0
        const auto powers = reduce_sum(exp(apply<shift_below_op>(x, finite)), axes, dims);
        const auto all_lost = detail::cast_like(equal(powers, literal<0>{}), powers); // then log gets 1, and all slopes are 0
        return log(powers + all_lost) + stop_gradient(reduce_max(x, axes, dims));
    }
};
inline constexpr reduce_logsumexp_function reduce_logsumexp{};

} // namespace ctgrad

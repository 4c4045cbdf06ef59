// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/reduce_sum.hpp>

namespace ctgrad {

namespace detail {

/// The number of elements that a reduction along `Axes` of `X` combines, as an expression.
template <class X, class Axes>
constexpr auto count_along(X x) {
    if constexpr (std::same_as<X, ref>)
        return element_count(*x.graph, x->type, x.shape(), resolve(Axes::list, x.shape().rank));
    else
        return make_expr([] {
            builder made;
            list<ref> roots;
            roots.push_back(element_count(made, X::type(), X::shape(), resolve(Axes::list, X::rank)));
            return extract(made, roots);
        });
}

} // namespace detail

/// The mean along `axis<...>` (all axes if none is named): `reduce_mean(x, axis<1>, keepdims)`.
/// @returns the shape of `x` without those axes, or with extent 1 there after `keepdims`.
/// Derivative: 1 / (number of elements combined).
/// Of no elements it is NaN, as in TensorFlow; a training step that takes it refuses a batch of none.
/// **Fails when** an axis is out of range or named twice, or the dtype is not floating. Source: `tf.math.reduce_mean`.
struct reduce_mean_function : constant_options<"reduce_mean"> {
    using constant_options<"reduce_mean">::operator();

    template <expression X, int... A, keeps_or_drops Dims = dropdims_t>
    constexpr auto operator()(X x, axis_t<A...> axes = {}, Dims dims = {}) const {
        constexpr fault found = detail::floating_reduction_fault<axis_t<A...>, X>();
        if constexpr (detail::is_poison<X>)
            return x;
        else if constexpr (found != fault::none)
            return broken<found, show([] { return detail::call_along("reduce_mean", axis_t<A...>::list); }), facts_shown<found, X>>;
        else
            return reduce_sum(x, axes, dims) / detail::count_along<X, axis_t<A...>>(x);
    }
    template <int... A, keeps_or_drops Dims = dropdims_t>
    constexpr ref operator()(ref x, axis_t<A...> axes = {}, Dims dims = {}) const {
        return reduce_sum(x, axes, dims) / detail::count_along<ref, axis_t<A...>>(x);
    }
};
inline constexpr reduce_mean_function reduce_mean{};

} // namespace ctgrad

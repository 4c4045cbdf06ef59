// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/euclidean_norm.hpp>
#include <ctgrad/ops/reduce_max.hpp>
#include <ctgrad/ops/reduce_mean.hpp>

#include <limits>

namespace ctgrad {

/// The order of the norm that asks for the largest magnitude: `order<infinite>`.
inline constexpr int infinite = std::numeric_limits<int>::max();
/// Which norm: `order<1>` the sum of magnitudes, `order<2>` the length, `order<infinite>` the largest magnitude.
template <int Order>
struct order_t {
    static_assert(Order == 1 || Order == 2 || Order == infinite, "norm: order<1>, order<2> or order<infinite>");
};
template <int Order>
inline constexpr order_t<Order> order{};

/// Of a variance: how much less than the number of elements it is divided by, `ddof<1>` for a sample.
template <int Less>
struct ddof_t {};
template <int Less>
inline constexpr ddof_t<Less> ddof{};

namespace detail {

/// The mean of the squares of the distances from the mean, `Less` fewer elements counted.
template <int Less, class X, int... A, class Dims>
constexpr auto variance_of(X x, axis_t<A...> axes, Dims dims) {
    const auto squares = reduce_sum(square(x - reduce_mean(x, axes, keepdims)), axes, dims);
    const auto count = count_along<X, axis_t<A...>>(x);
    if constexpr (Less == 0)
        return squares / count;
    else
        return squares / (count - literal<number_bits(static_cast<double>(Less))>{});
}

} // namespace detail

/// The length of vectors along `axis<...>`, all axes if none is named: `norm(x, axis<-1>)`; the sum of magnitudes or the largest one
/// with `norm(x, order<1>)` and `norm(x, order<infinite>, axis<-1>, keepdims)`. The length does not overflow or underflow on its way.
/// @returns the shape of `x` without those axes, or with extent 1 there after `keepdims`.
/// Derivative: x / norm, 0 at the origin; sign x; that of `reduce_max`.
/// **Fails when** an axis is out of range or named twice, or the dtype is not floating (`axis_must_be_in_range`,
/// `axes_must_be_distinct`, `dtype_must_be_floating`). Source: `tf.norm`, of vectors.
struct norm_function : constant_options<"norm"> {
    using constant_options<"norm">::operator();

    template <expression X, int Order, int... A, keeps_or_drops Dims = dropdims_t>
    constexpr auto operator()(X x, order_t<Order>, axis_t<A...> axes = {}, Dims dims = {}) const {
        constexpr fault found = detail::floating_reduction_fault<axis_t<A...>, X>();
        if constexpr (detail::is_poison<X>)
            return x;
        else if constexpr (found != fault::none)
            return broken<found, show([] { return detail::call_along("norm", axis_t<A...>::list); }), facts_shown<found, X>>;
        else if constexpr (Order == 1)
            return reduce_sum(abs(x), axes, dims);
        else if constexpr (Order == 2)
            return detail::euclidean_norm(x, axes, dims);
        else
            return reduce_max(abs(x), axes, dims);
    }
    template <expression X, int... A, keeps_or_drops Dims = dropdims_t>
    constexpr auto operator()(X x, axis_t<A...> axes = {}, Dims dims = {}) const {
        return (*this)(x, order<2>, axes, dims);
    }
};
inline constexpr norm_function norm{};

/// The functions `reduce_variance` and, its root, `reduce_std`.
template <fact Name, bool Root>
struct variance_function : constant_options<Name> {
    using constant_options<Name>::operator();

    template <expression X, int... A, keeps_or_drops Dims = dropdims_t, int Less = 0>
    constexpr auto operator()(X x, axis_t<A...> axes = {}, Dims dims = {}, ddof_t<Less> = {}) const {
        constexpr fault found = detail::floating_reduction_fault<axis_t<A...>, X>();
        if constexpr (detail::is_poison<X>)
            return x;
        else if constexpr (found != fault::none)
            return broken<found, show([] { return detail::call_along(Name, axis_t<A...>::list); }), facts_shown<found, X>>;
        else if constexpr (Root) {
            const auto variance = detail::variance_of<Less>(x, axes, dims);
            return where(variance > literal<0>{}, sqrt(variance), variance);
        } else
            return detail::variance_of<Less>(x, axes, dims);
    }
    template <expression X, int... A, int Less>
    constexpr auto operator()(X x, axis_t<A...> axes, ddof_t<Less> fewer) const {
        return (*this)(x, axes, dropdims_t{}, fewer);
    }
    template <expression X, int Less>
    constexpr auto operator()(X x, ddof_t<Less> fewer) const {
        return (*this)(x, axis_t<>{}, dropdims_t{}, fewer);
    }
};

/// The variance along `axis<...>`, all axes if none is named: the mean of (x - mean)^2, or with `ddof<1>` the sum of them by one less than
/// their number: `reduce_variance(x, axis<0>, ddof<1>)`.
/// @returns the shape of `x` without those axes, or with extent 1 there after `keepdims`. Derivative: 2 (x - mean) / number.
/// **Fails when** an axis is out of range or named twice, or the dtype is not floating (`axis_must_be_in_range`,
/// `axes_must_be_distinct`, `dtype_must_be_floating`). Source: `tf.math.reduce_variance`; `ddof` of `numpy.var`.
inline constexpr variance_function<"reduce_variance", false> reduce_variance{};

/// The standard deviation along `axis<...>`, all axes if none is named: the root of `reduce_variance`, `reduce_std(x, axis<0>, ddof<1>)`.
/// @returns the shape of `x` without those axes, or with extent 1 there after `keepdims`.
/// Derivative: (x - mean) / (number std), 0 where all elements are equal (TensorFlow: NaN).
/// **Fails when** an axis is out of range or named twice, or the dtype is not floating (`axis_must_be_in_range`,
/// `axes_must_be_distinct`, `dtype_must_be_floating`). Source: `tf.math.reduce_std`; `ddof` of `numpy.std`.
inline constexpr variance_function<"reduce_std", true> reduce_std{};

} // namespace ctgrad

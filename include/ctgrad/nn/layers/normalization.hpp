// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/shared_options.hpp>
#include <ctgrad/nn/layers/layer.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/reduce_mean.hpp>
#include <ctgrad/ops/rsqrt.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad::detail {

/// The axes of a tensor of rank `Rank` that are in `Bits`, in their order.
template <int Rank, unsigned Bits, int At = 0, int... Found>
constexpr auto axes_in() {
    if constexpr (At == Rank)
        return axis_t<Found...>{};
    else if constexpr ((Bits >> At & 1u) != 0)
        return axes_in<Rank, Bits, At + 1, Found..., At>();
    else
        return axes_in<Rank, Bits, At + 1, Found...>();
}

/// Variables that have a number for each element along `Axes` of `X`.
template <class At, class X, class Axes>
struct along_some_axes {
    static constexpr axis_mask mask = resolve(Axes::list, X::rank);
    using along = decltype(axes_in<X::rank, mask.bits>());
    using across = decltype(axes_in<X::rank, ~mask.bits>());

    /// Variable `Name`, or a state, with the extents along the axes.
    template <fixed_string Name>
    static constexpr auto variable() {
        return []<int... K>(axis_t<K...>) { return At::template variable<Name, X, X::shape()[K]...>(); }(along{});
    }
    template <fixed_string Name>
    static constexpr auto state() {
        return []<int... K>(axis_t<K...>) { return At::template state<Name, X, X::shape()[K]...>(); }(along{});
    }

    /// `v`, which has the axes along, with the others of extent 1.
    template <class V>
    static constexpr auto beside(V v, X x) {
        if constexpr (std::is_same_v<across, axis_t<>>)
            return v;
        else
            return apply_like<view_op, keepdims_options<across>>(v, x);
    }
};

/// What layers that shift and scale along some axes of `X` have in common: gamma and beta.
template <class At, class X, class Axes>
struct shift_and_scale : along_some_axes<At, X, Axes> {
    using base = along_some_axes<At, X, Axes>;
    using base::beside;

    static constexpr bool has_gamma = decltype(std::declval<At>()[layer_option<"scale">{}])::value;
    static constexpr bool has_beta = decltype(std::declval<At>()[layer_option<"center">{}])::value;

    template <class Y>
    static constexpr auto applied(Y y, X x) {
        if constexpr (has_gamma && has_beta)
            return y * beside(base::template variable<"gamma">(), x) + beside(base::template variable<"beta">(), x);
        else if constexpr (has_gamma)
            return y * beside(base::template variable<"gamma">(), x);
        else if constexpr (has_beta)
            return y + beside(base::template variable<"beta">(), x);
        else
            return y;
    }

    static constexpr auto weights(const At& at) {
        return joined_tuples(
            only<has_gamma>([&] {
                return weight{base::template variable<"gamma">(), at[gamma_initializer], at[gamma_regularizer], at[gamma_constraint]};
            }),
            only<has_beta>([&] {
                return weight{base::template variable<"beta">(), at[beta_initializer], at[beta_regularizer], at[beta_constraint]};
            }));
    }

private:
    template <bool Has, class Make>
    static constexpr auto only(Make make) {
        if constexpr (Has)
            return boost::hana::make_tuple(make());
        else
            return boost::hana::tuple<>{};
    }
};

/// What `Formula` says of `X` if `Axes` are axes of it.
template <class Formula, class X, class Axes, class Make>
constexpr auto along_axes(Make make) {
    constexpr fault found = floating_reduction_fault<Axes, X>();
    if constexpr (found != fault::none)
        return broken<found, show([] { return call_along(Formula::name, Axes::list); }), facts_shown<found, X>>;
    else
        return make();
}

} // namespace ctgrad::detail

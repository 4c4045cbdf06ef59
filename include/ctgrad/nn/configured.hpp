// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/layer_options.hpp>
#include <ctgrad/ops/cast.hpp>

namespace ctgrad {

/// A function of one tensor with its options: a regularizer, a constraint.
/// @tparam Formula has a `name`, `defaults` (see `options`), and `of(how, x)`, where `how(rate, x)` is an option as a number of
/// the dtype of `x`, and `how[axes]` one that is no number.
template <class Formula, class Given>
struct configured {
    Given given;

    template <class X>
    constexpr auto operator()(X x) const {
        if constexpr (detail::is_poison<X>)
            return poison{};
        else
            return Formula::of(*this, x);
    }
    template <class Option>
    constexpr auto operator[](Option o) const {
        return given[o];
    }
    template <class Option, class X>
    constexpr auto operator()(Option o, X x) const {
        const auto value = given[o];
        if constexpr (detail::is_literal<std::remove_const_t<decltype(value)>>)
            return value;
        else if constexpr (std::is_same_v<X, ref>)
            return detail::cast_like(x.graph->import(decltype(value)::root()), x);
        else
            return detail::cast_like(value, x);
    }
};

/// The function object that makes them: `l2(0.01_c)`, `max_norm(2_c, axis<0>)`.
/// @returns a function of one tensor: of a regularizer one number, of a constraint the same shape.
/// **Fails when** an option is unknown or out of its range (`option_must_be_known`, `hyperparameter_must_be_in_range`).
template <class Formula>
struct configured_function {
    template <class... Argument>
    static constexpr bool takes = detail::kept_call_of<Formula, Argument...>::is_right;

    template <class... Argument>
    constexpr auto operator()(Argument... given) const {
        using made = detail::kept_call_of<Formula, Argument...>;
        if constexpr (!made::is_right)
            return refuse<typename made::call>();
        else
            return configured<Formula, typename made::values>{made::kept(given...)};
    }
};

} // namespace ctgrad

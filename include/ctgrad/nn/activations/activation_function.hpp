// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss_options.hpp>

namespace ctgrad {

namespace detail {

template <class Formula, class... Option>
using activation_call = call_of<Formula, typename as_option<Option>::type...>;

/// What is wrong with `X` as the operand of an activation.
template <class Formula, class How, class X>
constexpr fault activation_fault() {
    if constexpr (!is_expr<X>)
        return fault::none;
    else if constexpr (requires { How::of(along_t{}); })
        return floating_reduction_fault<decltype(How::of(along_t{})), X>();
    else if constexpr (requires { Formula::accepts; })
        return check_domain(Formula::accepts, X::type());
    else
        return check_domain(domain::floating, X::type());
}

} // namespace detail

/// An activation with its options, as a layer takes it: `leaky_relu(negative_slope = 0.1_c)`.
template <class Formula, class Given>
struct configured_activation {
    using how = typename detail::option_call<Formula, detail::defaults_of<Formula>, Given>::settled;

    template <operand X>
    constexpr auto operator()(X x) const {
        constexpr fault found = detail::activation_fault<Formula, how, X>();
        if constexpr (detail::is_poison<X>)
            return poison{};
        else if constexpr (found != fault::none)
            return broken<found, name_shown<Formula>, facts_shown<found, X>>;
        else
            return Formula::of(loss_settings<how, X>{}, x);
    }
};

/// The function object of an activation: `leaky_relu(x)`, `leaky_relu(x, negative_slope = 0.1_c)`, and with its options
/// alone, `leaky_relu(negative_slope = 0.1_c)`, again a function of `x`. A formula says its name, the defaults of its
/// options and `of(how, x)`; it may say which dtypes it `accepts`, floating ones if not.
/// @returns the shape and dtype of `x`, unless it says another one.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`), or an option is wrong (`option_must_be_known`, ...).
template <class Formula>
struct activation_function {
    template <class... Argument>
    static constexpr bool takes = detail::activation_call<Formula, Argument...>::found.is_fine();

    template <operand X, class... Argument>
    constexpr auto operator()(X x, Argument...) const {
        using call = detail::activation_call<Formula, Argument...>;
        constexpr fault found = detail::activation_fault<Formula, typename call::settled, X>();
        if constexpr (!call::found.is_fine())
            return refuse<call>();
        else if constexpr (detail::is_poison<X>)
            return poison{};
        else if constexpr (found != fault::none)
            return broken<found, name_shown<Formula>, facts_shown<found, X>>;
        else
            return Formula::of(loss_settings<typename call::settled, X>{}, x);
    }

    template <class... Option>
        requires(!operand_or_number<Option> && ...)
    constexpr auto operator()(Option...) const {
        using call = detail::activation_call<Formula, Option...>;
        if constexpr (!call::found.is_fine())
            return refuse<call>();
        else
            return configured_activation<Formula, typename call::given>{};
    }
};

} // namespace ctgrad

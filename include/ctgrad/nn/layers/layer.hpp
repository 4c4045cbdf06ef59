// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/initial_value.hpp>
#include <ctgrad/nn/layers/layer_options.hpp>
#include <ctgrad/nn/layers/model.hpp>
#include <ctgrad/ops/leaf.hpp>

namespace ctgrad {

/// A variable of a layer, and what happens to it.
template <leaf_expression Leaf, class Initializer, class Regularizer = unset, class Constraint = unset>
struct weight {
    Leaf leaf;
    Initializer initializer;
    Regularizer regularizer{};
    Constraint constraint{};
};

template <class Leaf, class Initializer, class Regularizer, class Constraint>
weight(Leaf, Initializer, Regularizer, Constraint) -> weight<Leaf, Initializer, Regularizer, Constraint>;
template <class Leaf, class Initializer>
weight(Leaf, Initializer) -> weight<Leaf, Initializer>;

namespace detail {

/// What a weight adds to the loss.
template <class Leaf, class Initializer, class Regularizer, class Constraint>
constexpr auto penalty_of(const weight<Leaf, Initializer, Regularizer, Constraint>& w) {
    if constexpr (std::is_same_v<Regularizer, unset>)
        return literal<0>{};
    else
        return w.regularizer(w.leaf);
}

/// What a step does to a weight besides.
template <class Leaf, class Initializer, class Regularizer, class Constraint>
constexpr auto constraint_of(const weight<Leaf, Initializer, Regularizer, Constraint>& w) {
    if constexpr (std::is_same_v<Constraint, unset>)
        return boost::hana::tuple<>{};
    else
        return boost::hana::make_tuple(constrain(w.leaf, w.constraint));
}

/// The extent of the last axis of `X`.
template <class X>
constexpr dimension last_extent() {
    return X::rank == 0 ? dimension(1) : X::shape()[X::rank - 1];
}

/// The dtype of the weights of a layer on `X`.
template <class X>
using weight_type = std::conditional_t<is_floating(X::type()), scalar_of<X::type()>, float>;

} // namespace detail

namespace detail {

template <class Formula>
inline constexpr bool passes_mask = requires { requires Formula::reads_mask; } || requires { requires Formula::keeps_mask; };

/// What is wrong with `X` as what layers of `Formula` are given.
template <class Formula, class X>
struct layer_check {
    static constexpr finding found = [] {
        if constexpr (is_poison<X>)
            return finding{};
        else if constexpr (is_several<X> ? !requires { requires Formula::takes_several; } : is_masked<X> && !passes_mask<Formula>)
            return finding(fault::layer_must_read_what_it_is_given, Formula::kind.view(), phrase_of_passed<X>());
        else if constexpr (requires { Formula::template check<decltype(without_mask(std::declval<X>()))>(); })
            return Formula::template check<decltype(without_mask(std::declval<X>()))>();
        else
            return finding{};
    }();
};

} // namespace detail

/// A layer as it stands in a model.
/// @tparam Formula has a `kind` (its name), `defaults` (see `options`) and `of(at, x)`, where `at` is the layer:
/// `at[rate]` is an option. It may have `train(at, x)`, what it does in training instead; `weights(at, x)`, a tuple of
/// `weight`s; and `updates(at, x)`, a tuple of assignments. It may say what is wrong with `X`, `check<X>()`, that it `keeps_mask`,
/// which passes it, or `reads_mask` by `masked(at, x, mask)`, and that it `takes_several`, a tuple.
/// @tparam Path what its variables' names begin with, nothing if nobody has named it.
template <class Formula, fixed_string Path, class Given>
struct layer {
    using formula = Formula;
    static constexpr fixed_string kind = Formula::kind;
    static constexpr fixed_string name = Path;
    Given given;

    /// The same layer under another name.
    template <fixed_string Other>
    constexpr layer<Formula, Other, Given> named() const {
        return {given};
    }

    template <class Option>
    constexpr auto operator[](Option o) const {
        return given[o];
    }

    /// Variable `Path/Name`, with the dtype of `X` if that is floating.
    template <fixed_string Name, class X, dimension... Dims>
    static constexpr auto variable() {
        return ctgrad::variable<full_name<Name>(), detail::weight_type<X>, Dims...>;
    }
    /// State `Path/Name`.
    template <fixed_string Name, class X, dimension... Dims>
    static constexpr auto state() {
        return ctgrad::state<full_name<Name>(), detail::weight_type<X>, Dims...>;
    }
    template <fixed_string Name>
    static constexpr auto full_name() {
        if constexpr (Path.view().empty())
            return kind + "/" + Name;
        else
            return Path + "/" + Name;
    }

    /// It decides itself what becomes of masks and of several tensors.
    static constexpr bool reads_what_is_passed = true;

    template <detail::passed X>
    constexpr auto operator()(X x) const {
        if constexpr (!detail::layer_check<Formula, X>::found.is_fine())
            return refuse<detail::layer_check<Formula, X>>();
        else
            return made_of<false>(x);
    }
    template <detail::passed X>
    constexpr auto operator()(X x, training_t) const {
        if constexpr (!detail::layer_check<Formula, X>::found.is_fine())
            return refuse<detail::layer_check<Formula, X>>();
        else
            return made_of<true>(x);
    }

    template <detail::passed X>
    constexpr auto updates(X x) const {
        const auto constraints =
            boost::hana::unpack(weights(x), [](const auto&... w) { return detail::joined_tuples(detail::constraint_of(w)...); });
        if constexpr (requires { Formula::updates(*this, detail::without_mask(x)); })
            return boost::hana::concat(Formula::updates(*this, detail::without_mask(x)), constraints);
        else
            return constraints;
    }
    template <detail::passed X>
    constexpr auto regularization(X x) const {
        return boost::hana::unpack(weights(x), [](const auto&... w) { return detail::sum_of(detail::penalty_of(w)...); });
    }
    template <detail::passed X>
    auto initial_values(X x, std::uint64_t model_seed) const {
        return boost::hana::unpack(weights(x), [model_seed](const auto&... w) {
            return boost::hana::make_tuple(initially(w.leaf, w.initializer, model_seed)...);
        });
    }

private:
    template <bool Training, class X>
    constexpr auto made_of(X x) const {
        if constexpr (detail::is_masked<X>) {
            if constexpr (requires { requires Formula::reads_mask; })
                return Formula::masked(*this, x.value, x.mask);
            else
                return detail::with_mask(made_of<Training>(x.value), x.mask);
        } else if constexpr (requires { requires Training && requires { Formula::train(*this, x); }; })
            return Formula::train(*this, x);
        else
            return Formula::of(*this, x);
    }
    template <class X>
    constexpr auto weights(X given_x) const {
        const auto x = detail::without_mask(given_x);
        using type = std::remove_const_t<decltype(x)>;
        if constexpr (detail::is_poison<type> || !detail::layer_check<Formula, type>::found.is_fine())
            return boost::hana::tuple<>{};
        else if constexpr (requires { Formula::weights(*this, x); })
            return Formula::weights(*this, x);
        else
            return boost::hana::tuple<>{};
    }
};

/// Whether a layer of type `Layer` reads `X`.
template <class Layer, class X>
concept reads_input = detail::layer_check<typename std::remove_const_t<Layer>::formula, std::remove_const_t<X>>::found.is_fine();

/// Arguments: the layer, what it was given.
template <fact Layer, fact Given>
CTGRAD_RULE(activation_must_be_a_function, "give the function itself, neither its name as a text nor a number: dense<10>(relu).")
inline constexpr poison broken<fault::activation_must_be_a_function, Layer, Given>{};

/// The function object that makes layers of one kind: `dropout(0.2_c)`. Options are given by their places or names.
/// **Fails when** an option is wrong (`option_must_be_known`...), or a text or a number stands for an activation
/// (`activation_must_be_a_function`).
template <class Formula>
struct layer_function {
    template <class... Argument>
    static constexpr bool takes = detail::kept_call_of<Formula, Argument...>::is_right && (std::is_class_v<Argument> && ...);

    template <class... Argument>
    constexpr auto operator()(Argument... given) const {
        using made = detail::kept_call_of<Formula, Argument...>;
        if constexpr (!made::is_right)
            return refuse<typename made::call>();
        else if constexpr (!(std::is_class_v<Argument> && ...))
            return broken<fault::activation_must_be_a_function, show([] { return Formula::name; }),
                          show([] { return (std::is_arithmetic_v<Argument> || ...) ? "number" : "text"; })>;
        else
            return layer<Formula, made::call::settled::of(layer_option<"name">{}).text, typename made::values>{made::kept(given...)};
    }
};

} // namespace ctgrad

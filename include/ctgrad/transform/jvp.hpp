// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/detail/wrt.hpp>
#include <ctgrad/transform/push_forward.hpp>

namespace ctgrad {

/// Arguments: the function, the dtype and shape of what is differentiated, those of what was given.
template <fact Function, fact Result, fact Given>
CTGRAD_RULE(cotangent_must_fit_result, "give an expression of the dtype and shape of what is differentiated, or a number.")
inline constexpr poison broken<fault::cotangent_must_fit_result, Function, Result, Given>{};

namespace detail {

template <class Y, class... R>
struct make_jvp {
    static constexpr int expected_size = 16 + 3 * count_nodes(Y::root()) + (value_size<typename R::value>() + ...);

    constexpr draft_graph operator()() const {
        builder made(simplify<deferred_t<void, Y>>);
        list<ref> results, leaves, tangents;
        results.push_back(made.import(Y::root()));
        (leaves.push_back(made.import(R::leaf::root())), ...);
        (tangents.push_back(value_for<typename R::leaf, typename R::value>(made)), ...);
        const ref along = push_forward(results, leaves, tangents)[0];
        results[0] = or_zeros(made, along, Y::root());
        return extract(made, results);
    }
};

template <class Y, class... R>
constexpr finding check_jvp() {
    if constexpr (is_poison<Y>)
        return fault::reported;
    else if constexpr (constexpr finding values = check_leaf_values<R...>("jvp"); !values.is_fine())
        return values;
    else if constexpr (constexpr finding names = check_names<Y, typename R::leaf..., typename R::value...>(); !names.is_fine())
        return names;
    else
        return check_differentiable<Y, typename R::leaf...>("jvp");
}
template <class Y, class... R>
struct jvp_check {
    static constexpr finding found = check_jvp<Y, R...>();
};

template <class Y, class U, class... V>
struct make_vjp {
    static constexpr int expected_size = 16 + 3 * count_nodes(Y::root()) + value_size<U>();

    constexpr draft_graph operator()() const {
        builder made(simplify<deferred_t<void, Y>>);
        const ref y = made.import(Y::root());
        const ref u = value_for<Y, U>(made);
        list<ref> leaves, roots;
        (leaves.push_back(made.import(V::root())), ...);
        for (const ref& each : differentiate(y, leaves, u, may_be_meant_zero(u))) roots.push_back(each);
        for (int i = 0; i < roots.size(); ++i) roots[i] = or_zeros(made, roots[i], *leaves[i]);
        return extract(made, roots);
    }
};

/// What is wrong with `U` as what reaches `Y`.
template <class Y, class U>
constexpr finding check_cotangent(std::string_view function) {
    if constexpr (is_expr<U>) {
        if (U::type() != Y::type() || !(U::shape() == Y::shape()))
            return {fault::cotangent_must_fit_result, function, phrase_of(Y::type(), Y::shape()), phrase_of(U::type(), U::shape())};
    } else if constexpr (!is_literal<U>)
        return {fault::cotangent_must_fit_result, function, phrase_of(Y::type(), Y::shape()), given_shown<U>()};
    return {};
}

template <class Y, class U, class... V>
constexpr finding check_vjp() {
    if constexpr (((is_poison<Y> || is_poison<U>) || ... || is_poison<V>))
        return fault::reported;
    else if constexpr (constexpr finding fit = check_cotangent<Y, U>("vjp"); !fit.is_fine())
        return fit;
    else if constexpr (constexpr finding leaves = check_wrt<Y, V...>("vjp"); !leaves.is_fine())
        return leaves;
    else if constexpr (constexpr finding names = check_names<Y, U>(); !names.is_fine())
        return names;
    else
        return check_differentiable<Y, V...>("vjp");
}
template <class Y, class U, class... V>
struct vjp_check {
    static constexpr finding found = check_vjp<Y, U, V...>();
};

} // namespace detail

/// Whether `jvp(y, leaf = value...)` exists, by their types.
template <class Y, class... R>
concept can_push_forward = detail::is_expr<Y> && detail::jvp_check<std::remove_const_t<Y>, std::remove_const_t<R>...>::found.is_fine();

/// Whether `vjp(y, u, v...)` exists, by their types.
template <class Y, class U, class... V>
concept can_pull_back =
    detail::is_expr<Y> && detail::vjp_check<std::remove_const_t<Y>, std::remove_const_t<U>, std::remove_const_t<V>...>::found.is_fine();

/// The derivative of `y` along a direction: `jvp(y, x = v, W = w)` is the sum of J_x v and J_W w, J the Jacobians of `y`, by forward mode
/// in one pass beside the value. A direction is an expression of its leaf's shape and dtype; a number fills it.
/// @returns the shape and dtype of `y`; zeros where `y` does not depend on the leaves. It can be differentiated again.
/// **Fails when** an argument is not `leaf = expression` (`value_must_name_its_leaf`), a direction has another dtype or shape than its leaf
/// (`value_must_fit_its_leaf`), a leaf is named twice (`leaf_must_be_named_once`), `y` is not floating (`loss_must_be_floating`) or
/// depends on a leaf only through an op without derivative (`path_must_be_differentiable`).
/// Source: forward accumulation, Griewank and Walther, Evaluating Derivatives (2008), ch. 3; `jax.jvp`.
template <expression Y, class... R>
constexpr auto jvp(Y, R...) {
    if constexpr (!detail::jvp_check<Y, R...>::found.is_fine())
        return refuse<detail::jvp_check<Y, R...>>();
    else
        return detail::make_expr(detail::make_jvp<Y, R...>{});
}

/// The products J^T u of what is given for `y` and its Jacobians, keyed by leaf as those of `gradient`: `vjp(y, u, W, b)[W]`, the
/// gradients of the sum of u y with u held fixed, by reverse mode in one pass.
/// @param u what reaches `y`: an expression of its shape and dtype, or a number for all elements. A 0 in it contributes 0.
/// @returns for each leaf an expression of its shape and dtype; zeros where `y` does not depend on it. They can be differentiated again.
/// **Fails when** `u` does not fit `y` (`cotangent_must_fit_result`), `y` is not floating (`loss_must_be_floating`), depends on a leaf only
/// through an op without derivative (`path_must_be_differentiable`), or something else than leaves is named (`gradient_must_be_of_a_leaf`).
/// Source: reverse accumulation, Griewank and Walther, Evaluating Derivatives (2008), ch. 3; `jax.vjp`.
template <expression Y, class U, class... V>
constexpr auto vjp(Y, U, V...) {
    if constexpr (!detail::vjp_check<Y, U, V...>::found.is_fine())
        return refuse<detail::vjp_check<Y, U, V...>>();
    else
        return detail::keyed_by<detail::make_vjp<Y, U, V...>, V...>();
}

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/options.hpp>
#include <ctgrad/ops/reverse.hpp>
#include <ctgrad/transform/detail/jacobian_passes.hpp>
#include <ctgrad/transform/detail/wrt.hpp>

namespace ctgrad {

/// Arguments: the function, the shape of the result, the op or shape that stops.
template <fact Function, fact Result, fact Stop>
CTGRAD_RULE(jacobian_must_be_computable, "both sides are long, and this (an op, a shape) takes no basis as one more axis: ask for parts.")
inline constexpr poison broken<fault::jacobian_must_be_computable, Function, Result, Stop>{};

/// `mode = forward`: a pass for each element of the leaf.
struct forward_t {
    static constexpr detail::passes asked = detail::passes::forward;
};
inline constexpr forward_t forward{};
/// `mode = reverse`: a pass for each element of the result. (The function `reverse` stands for it.)
struct reverse_t {
    static constexpr detail::passes asked = detail::passes::reverse;
};
/// Of `jacobian` and `hessian`: which passes are made, instead of those that cost less.
struct mode_t {
    template <class Mode>
        requires requires { Mode::asked; }
    constexpr chosen<mode_t, Mode> operator=(Mode) const {
        return {};
    }
    constexpr chosen<mode_t, reverse_t> operator=(reverse_function) const { return {}; }
};
inline constexpr mode_t mode{};

namespace detail {

/// Which passes the last of the arguments behind the result asks for.
template <class... A>
inline constexpr passes asked_by_last = passes::cheaper;
template <class First, class... More>
inline constexpr passes asked_by_last<First, More...> = asked_by_last<More...>;
template <class Mode>
inline constexpr passes asked_by_last<chosen<mode_t, Mode>> = Mode::asked;

/// The ways from `Y` to the leaves `V...`.
template <class Y, passes Asked, class... V>
constexpr list<jacobian_way> ways_to() {
    const tensor_shape shapes[] = {V::shape()...};
    std::int64_t inputs = 0;
    for (const tensor_shape& each : shapes) inputs += each.is_static() ? each.static_size() : most_unit_vectors + 1;
    list<jacobian_way> ways;
    for (const tensor_shape& each : shapes) ways.push_back(way_to(Y::shape(), each, inputs, Asked));
    return ways;
}

template <class Y, passes Asked, class... V>
struct make_jacobians {
    static constexpr int expected_size = 64 + 8 * count_nodes(Y::root());

    builder made{simplify<deferred_t<void, Y>>};
    list<ref> leaves;
    list<ref> roots;
    std::string_view obstacle{};

    constexpr make_jacobians() {
        const auto y = made.import(Y::root());
        (leaves.push_back(made.import(V::root())), ...);
        const jacobian_passes passes(y, leaves, ways_to<Y, Asked, V...>());
        obstacle = passes.obstacle;
        for (int i = 0; i < leaves.size(); ++i) {
            const attributes whole{.type = Y::type(), .shape = axes_of_both(Y::shape(), leaves[i].shape())};
            roots.push_back(or_zeros(made, passes.result()[i], whole));
        }
    }
};
template <class Y, passes Asked, class... V>
struct jacobian_draft {
    static constexpr int expected_size = make_jacobians<Y, Asked, V...>::expected_size;
    constexpr draft_graph operator()() const {
        const make_jacobians<Y, Asked, V...> all;
        return extract(all.made, all.roots);
    }
};

/// Whether a way is taken that an op can stop.
template <class Y, passes Asked, class... V>
constexpr bool may_be_stopped() {
    for (const jacobian_way way : ways_to<Y, Asked, V...>())
        if (way >= jacobian_way::examples_or_rows) return true;
    return false;
}
template <class Y, passes Asked, class... V>
inline constexpr std::string_view jacobian_obstacle = make_jacobians<Y, Asked, V...>{}.obstacle;

/// What is wrong with the Jacobians of `Y` with respect to `V...`.
template <class Y, passes Asked, class... V>
constexpr finding check_jacobian(std::string_view function) {
    if constexpr ((is_poison<Y> || ... || is_poison<V>))
        return fault::reported;
    else if constexpr (constexpr finding leaves = check_wrt<Y, V...>("jacobian"); !leaves.is_fine())
        return leaves;
    else if constexpr (constexpr finding smooth = check_differentiable<Y, V...>("jacobian"); !smooth.is_fine())
        return smooth;
    else if constexpr (((Y::rank + V::rank > max_rank) || ...))
        return {fault::rank_must_fit, function, phrase_of(Y::shape()), phrase("a leaf of too many axes")};
    else if constexpr (may_be_stopped<Y, Asked, V...>()) {
        if constexpr (!jacobian_obstacle<Y, Asked, V...>.empty())
            return {fault::jacobian_must_be_computable, function, phrase_of(Y::shape()), jacobian_obstacle<Y, Asked, V...>};
        else
            return {};
    } else
        return {};
}
template <class Y, passes Asked, class... V>
struct jacobian_check {
    static constexpr finding found = check_jacobian<Y, Asked, V...>("jacobian");
};

template <class Y, passes Asked, class... V>
constexpr auto jacobian_of() {
    if constexpr (!jacobian_check<Y, Asked, V...>::found.is_fine())
        return refuse<jacobian_check<Y, Asked, V...>>();
    else
        return keyed_by<jacobian_draft<Y, Asked, V...>, V...>();
}

} // namespace detail

/// Whether `jacobian(y, v...)` exists.
template <class Y, class... V>
concept has_jacobian = detail::is_expr<Y> &&
                       detail::jacobian_check<std::remove_const_t<Y>, detail::passes::cheaper, std::remove_const_t<V>...>::found.is_fine();

/// The Jacobians of `y`, of any shape, with respect to leaves, keyed by leaf: `jacobian(y, q, w)[q]`. A call that asks for `y` too computes
/// both in one pass. Forward, a pass for each element of the leaf, or reverse, one for each element of `y`, whatever is less (a pass back
/// counts as two forward); beyond some tens, or of a long function, all unit vectors in one pass, as one more axis. Rows of a batch that
/// depend on a leaf one by one need one pass. `jacobian(y, q, mode = forward)` and `mode = reverse` ask for one way.
/// @returns for each leaf an expression of the shape of `y` followed by the leaf's. What does not depend on a leaf is 0: no error, no
/// operation. It can be differentiated again.
/// **Fails when** `y` is not floating (`loss_must_be_floating`) or depends on a leaf only through an op without derivative
/// (`path_must_be_differentiable`), both sides have many elements and an op between them takes no more axes
/// (`jacobian_must_be_computable`), the axes of both are more than 6 (`rank_must_fit`), or something else than leaves is named
/// (`gradient_must_be_of_a_leaf`).
/// Source: Griewank and Walther, Evaluating Derivatives (2008), ch. 3; `jax.jacfwd`, `jax.jacrev`.
template <expression Y, class... V>
constexpr auto jacobian(Y, V...) {
    constexpr detail::passes asked = detail::asked_by_last<V...>;
    if constexpr (asked != detail::passes::cheaper)
        return detail::all_but_last<>::of<V...>([]<class... Leaf>() { return detail::jacobian_of<Y, asked, Leaf...>(); });
    else
        return detail::jacobian_of<Y, asked, V...>();
}

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/train/training_step.hpp>

namespace ctgrad {

/// Arguments: the function, what it was given.
template <fact Function, fact Given>
CTGRAD_RULE(arguments_must_be_optimizers, "write group(adam(), W, b), or groups(group(adam(), W), sgd()).")
inline constexpr poison broken<fault::arguments_must_be_optimizers, Function, Given>{};

/// An optimizer for the variables `V...`, or for all others.
template <class Optimizer, bool Others, class... V>
struct optimizer_group {
    static constexpr bool moves(std::uint64_t variable) { return ((V::root().hash == variable) || ...) != Others; }

    static constexpr list<const linked_node*> named() {
        list<const linked_node*> all;
        if (!Others) (all.push_back(&V::root()), ...);
        return all;
    }

    static constexpr void update_all(const list<ref>& variables, const list<ref>& gradients, list<ref>& leaves, list<ref>& values) {
        list<ref> own, scaled;
        for (int i = 0; i < variables.size(); ++i)
            if (moves(variables[i]->hash)) {
                own.push_back(variables[i]);
                scaled.push_back(detail::scaled<Optimizer>(gradients[i]));
            }
        if (!own.empty()) detail::update_by<Optimizer>(own, scaled, leaves, values);
    }
};

/// Several optimizers, each for its variables.
template <class... Group>
struct optimizer_groups {
    static constexpr bool moves(std::uint64_t variable) { return (Group::moves(variable) || ...); }

    static constexpr list<const linked_node*> named() {
        list<const linked_node*> all;
        auto append = [&all](const list<const linked_node*>& more) {
            for (const linked_node* each : more) all.push_back(each);
        };
        (append(Group::named()), ...);
        return all;
    }

    static constexpr void update_all(const list<ref>& variables, const list<ref>& gradients, list<ref>& leaves, list<ref>& values) {
        (Group::update_all(variables, gradients, leaves, values), ...);
    }
};

namespace detail {

template <class... V>
struct variable_list {};
template <class... A, class... B>
constexpr variable_list<A..., B...> operator+(variable_list<A...>, variable_list<B...>) {
    return {};
}

template <class T>
constexpr variable_list<> variables_named(T) {
    return {};
}
template <class Optimizer, class... V>
constexpr variable_list<V...> variables_named(optimizer_group<Optimizer, false, V...>) {
    return {};
}

/// What is no group is for the variables that no group names.
template <class Optimizer, class... V>
constexpr auto as_group(Optimizer, variable_list<V...>) {
    return optimizer_group<Optimizer, true, V...>{};
}
template <class Optimizer, class... Own, class... V>
constexpr auto as_group(optimizer_group<Optimizer, false, Own...> group, variable_list<V...>) {
    return group;
}

/// The first of `V...` that is no variable, or void.
template <class... V>
struct first_other {
    using type = void;
};
template <class First, class... More>
struct first_other<First, More...> {
    static constexpr bool is_variable = [] {
        if constexpr (leaf_expression<First>)
            return ctgrad::is_variable(First::root());
        else
            return false;
    }();
    using type = typename std::conditional_t<is_variable, first_other<More...>, std::type_identity<First>>::type;
};

} // namespace detail

namespace detail {

/// What is wrong with the arguments of `group`.
template <class Optimizer, class... V>
struct group_check {
    static constexpr finding found = [] {
        using other = typename first_other<V...>::type;
        if constexpr ((is_poison<Optimizer> || ... || is_poison<V>))
            return finding(fault::reported);
        else if constexpr (!optimizer<Optimizer>)
            return finding(fault::arguments_must_be_optimizers, "group", phrase_of_types<Optimizer, V...>());
        else if constexpr (!std::is_void_v<other>)
            return no_variable<other>(fault::update_must_be_of_a_variable);
        else
            return finding();
    }();
};

} // namespace detail

/// Whether `group(optimizer, v...)` exists.
template <class Optimizer, class... V>
concept can_group = detail::group_check<Optimizer, std::remove_const_t<V>...>::found.is_fine();

/// `optimizer` for these variables alone: `minimize(loss, group(adam(), W, b))` leaves all others as they are.
/// **Fails when** the first argument is no optimizer (`arguments_must_be_optimizers`), or another is no variable
/// (`update_must_be_of_a_variable`).
template <class Optimizer, class... V>
constexpr auto group(Optimizer, V...) {
    using check = detail::group_check<Optimizer, V...>;
    if constexpr (!check::found.is_fine())
        return refuse<check>();
    else
        return optimizer_group<Optimizer, false, V...>{};
}

/// The same for a tuple of variables: `group(adam(), variables_of(model(x)))`.
template <class Optimizer, class... V>
constexpr auto group(Optimizer of, boost::hana::tuple<V...>) {
    return group(of, V{}...);
}

/// Optimizers for groups of variables, and perhaps one for all others: `minimize(loss, groups(group(adam(), W, b), sgd(0.1_c)))`.
/// **Fails when** an argument is no optimizer (`arguments_must_be_optimizers`).
template <class... Optimizer>
constexpr auto groups(Optimizer... all) {
    using named = decltype((detail::variable_list<>{} + ... + detail::variables_named(Optimizer{})));
    if constexpr ((detail::is_poison<Optimizer> || ...))
        return poison{};
    else if constexpr (!(optimizer<Optimizer> && ...))
        return broken<fault::arguments_must_be_optimizers, "groups", detail::arguments_shown<Optimizer...>>;
    else
        return optimizer_groups<decltype(detail::as_group(all, named{}))...>{};
}

} // namespace ctgrad

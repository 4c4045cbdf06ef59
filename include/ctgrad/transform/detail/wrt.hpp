// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/detail/leaf_values.hpp>
#include <ctgrad/transform/gradient.hpp>

/// @file What derivatives of results of any shape ask of their arguments. What does not depend on a leaf has zeros there.

namespace ctgrad::detail {

/// The first of `V...` that `Y` depends on through no differentiable path, and what stops there.
template <class Y, class... V>
inline constexpr disconnection first_apart = [] {
    builder made;
    list<ref> result;
    result.push_back(made.import(Y::root()));
    const list<bool> reached = reached_from(made, result[0].id);
    const linked_node* const leaves[] = {&V::root()...};
    for (const linked_node* each : leaves)
        if (has_leaf(Y::root(), each->hash) && !reached[made.import(*each).id])
            return disconnection{each->name, gradient_stop(extract(made, result).view(), *made.import(*each))};
    return disconnection{};
}();

/// What is wrong with differentiating `Y`, of any shape, with respect to the leaves `V...`.
template <class Y, class... V>
constexpr finding check_differentiable(std::string_view function) {
    if (!is_floating(Y::type())) return {fault::loss_must_be_floating, function, name_of(Y::type())};
    constexpr const disconnection& apart = first_apart<Y, V...>;
    if (!apart.stop.empty()) return {fault::path_must_be_differentiable, apart.leaf->text, apart.stop};
    return {};
}

/// `x`, or zeros of the shape of `like`.
constexpr ref or_zeros(builder& b, ref x, const attributes& like) { return x ? x : constant(b, 0, like.type, like.shape); }

} // namespace ctgrad::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/print.hpp>
#include <ctgrad/transform/detail/structural_zeros.hpp>
#include <ctgrad/transform/jacobian.hpp>

#include <string>

namespace ctgrad {

namespace detail {

inline const char* said(jacobian_way way) {
    switch (way) {
    case jacobian_way::gradient: return "one pass back";
    case jacobian_way::columns: return "a pass forward for each element of the leaf";
    case jacobian_way::rows: return "a pass back for each element of the result";
    case jacobian_way::all_columns: return "one pass forward with all unit vectors as one more axis";
    case jacobian_way::all_rows: return "one pass back with all unit vectors as one more axis";
    case jacobian_way::none: return "no way";
    default: return "one pass back, in which each example has a leaf of its own";
    }
}

/// How many elements, where that is static, else the shape.
inline std::string count_said(const tensor_shape& s) { return s.is_static() ? std::to_string(s.static_size()) : to_string(s); }

/// How many elements may differ from 0, if that is told apart.
inline std::string zeros_said(builder& made, ref jacobian) {
    if (!jacobian) return "    all elements are 0\n";
    if (!jacobian.shape().is_static()) return {};
    list<ref> roots;
    roots.push_back(jacobian);
    const draft_graph whole = extract(made, roots);
    const structural_zeros zeros(whole.view());
    const std::int64_t count = jacobian.shape().static_size();
    std::int64_t found = 0;
    for (std::int64_t at = 0; at < count; ++at) found += zeros.may_differ(whole.roots[0], at) ? 1 : 0;
    if (found == count) return "    dense: all " + std::to_string(count) + " elements may differ from 0\n";
    return "    sparse: " + std::to_string(found) + " of " + std::to_string(count) + " elements may differ from 0\n";
}

template <class Y, passes Asked, class... V>
std::string jacobian_said() {
    if constexpr (!jacobian_check<Y, Asked, V...>::found.is_fine()) {
        refuse<jacobian_check<Y, Asked, V...>>();
        return {};
    } else {
        builder made{simplify<deferred_t<void, Y>>};
        const auto y = made.import(Y::root());
        list<deferred_t<ref, Y>> leaves;
        (leaves.push_back(made.import(V::root())), ...);
        const jacobian_passes all(y, leaves, ways_to<Y, Asked, V...>());
        std::string text;
        for (int i = 0; i < leaves.size(); ++i) {
            const tensor_shape of_leaf = leaves[i].shape();
            text.append("by ").append(leaves[i]->name->text).append(" ").append(to_string(of_leaf)).append(": ");
            text.append(all.result()[i] ? said(all.taken()[i]) : "nothing to compute");
            text.append("; forward counts ").append(count_said(of_leaf));
            text.append(", reverse 2 times ").append(count_said(y.shape())).append("\n");
            text.append(zeros_said(made, all.result()[i]));
        }
        return text;
    }
}

} // namespace detail

/// How `jacobian(y, leaves...)` is found, a line or two for each leaf: the passes that are made, what forward and reverse mode count by the
/// shapes, and how many elements may differ from 0 by the form: where none is 0, `sparse_jacobian` gains nothing. With `mode = forward` or
/// `mode = reverse` behind the leaves, what that way does.
/// **Fails when** `jacobian` does.
template <expression Y, class... V>
std::string explain_jacobian(Y, V...) {
    constexpr detail::passes asked = detail::asked_by_last<V...>;
    if constexpr (asked != detail::passes::cheaper)
        return detail::all_but_last<>::of<V...>([]<class... Leaf>() { return detail::jacobian_said<Y, asked, Leaf...>(); });
    else
        return detail::jacobian_said<Y, asked, V...>();
}

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/literal.hpp>
#include <ctgrad/graph/apply.hpp>

#include <initializer_list>
#include <type_traits>

namespace ctgrad::detail {

/// Where, and with which dtype, numbers and expressions become nodes among the operands of an
/// application to nodes (in derivative rules and optimizers).
struct node_context {
    builder* graph = nullptr;
    dtype type = dtype::float32;

    constexpr ref to_ref(ref x) const { return x; }
    constexpr ref to_ref(double x) const { return constant(*graph, x, type); }

    template <expression X>
    constexpr ref to_ref(X) const {
        if constexpr (is_literal<X>)
            return constant(*graph, X::value, type);
        else
            return graph->import(X::root());
    }
};

template <class X>
constexpr ref ref_or_none(const X& x) {
    if constexpr (std::is_same_v<X, ref>)
        return x;
    else
        return {};
}

/// Numbers take the dtype of the first node that is no mask.
constexpr node_context context_of(std::initializer_list<ref> operands) {
    node_context context;
    bool typed = false;
    for (const ref& r : operands) {
        if (r.id < 0) continue;
        context.graph = r.graph;
        if (!typed && r->type != dtype::boolean) {
            context.type = r->type;
            typed = true;
        }
    }
    return context;
}

} // namespace ctgrad::detail

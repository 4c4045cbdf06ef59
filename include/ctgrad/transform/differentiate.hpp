// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/adjoint.hpp>
#include <ctgrad/transform/detail/cotangent.hpp>

namespace ctgrad {

namespace detail {

/// Whether a gradient that has reached `n` flows on to input `k`, if that is floating.
constexpr bool passes_gradient(const node& n, int k) {
    return is_floating(n.type) && (n.op->differentiable_inputs >> k & 1u) != 0;
}

/// Which nodes a gradient that starts at node `last` reaches.
constexpr list<bool> reached_from(const builder& b, int last) {
    list<bool> reached(last + 1);
    reached[last] = is_floating(b[last].type);
    for (int id = last; id >= 0; --id)
        for (int k = 0; reached[id] && k < b[id].op->arity; ++k)
            if (passes_gradient(b[id], k) && is_floating(b[b[id].inputs[k]].type)) reached[b[id].inputs[k]] = true;
    return reached;
}

/// Which nodes up to `last` a gradient must pass through to reach one of `wrt`.
constexpr list<bool> on_the_way(const builder& b, int last, const list<ref>& wrt) {
    list<bool> needed(last + 1);
    for (const ref& w : wrt)
        if (w.id <= last && is_floating(w->type)) needed[w.id] = true;
    for (int id = 0; id <= last; ++id)
        for (int k = 0; k < b[id].op->arity; ++k)
            if (passes_gradient(b[id], k) && needed[b[id].inputs[k]]) needed[id] = true;
    return needed;
}

} // namespace detail

/// Reverse mode: appends to the builder of `y` the gradients of the scalar `y` with respect to
/// `wrt`, in that order; a none stands where `y` does not depend on it. Each node of `y` is visited
/// once, however often it is used.
constexpr list<ref> differentiate(ref y, const list<ref>& wrt) {
    builder& b = *y.graph;
    const list<bool> needed = detail::on_the_way(b, y.id, wrt);
    list<detail::cotangent> reached(y.id + 1);
    reached[y.id].value = constant(b, 1.0, y->type, y.shape());
    for (int id = y.id; id >= 0; --id) {
        if (!needed[id] || !reached[id].value) continue;
        const op_info& op = *b[id].op;
        const ref n{&b, id};
        detail::cotangent dy = reached[id];
        if (op.kind != op_kind::elementwise) dy.value = dy.settled();
        for (int k = 0; k < op.arity; ++k) {
            const ref x = n.input(k);
            if (!needed[x.id] || (op.differentiable_inputs >> k & 1u) == 0) continue;
            if (op.selects) {
                const ref chosen = k == 1 ? n.input(0) : apply<logical_not_op>(n.input(0));
                detail::accumulate(reached[x.id], {dy.mask ? apply<logical_and_op>(dy.mask, chosen) : chosen, dy.value});
            } else {
                const ref value = op.derivative({n, dy.value, k});
                detail::accumulate(reached[x.id], {detail::mask_of_input(n, dy.mask, value), value});
            }
        }
    }
    list<ref> gradients;
    for (const ref& w : wrt) gradients.push_back(w.id <= y.id ? reached[w.id].settled() : ref{});
    return gradients;
}

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/adjoint.hpp>
#include <ctgrad/rewrite/numbers.hpp>
#include <ctgrad/transform/detail/cotangent.hpp>
#include <ctgrad/transform/detail/scan_tangents.hpp>

namespace ctgrad {

namespace detail {

/// Whether a gradient that has reached `n` flows on to input `k`, if that is floating.
constexpr bool passes_gradient(const node& n, int k) { return is_floating(n.type) && (n.op->differentiable_inputs >> k & 1u) != 0; }

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

/// The gradient that flows from `at.y` on to input `at.wrt`. Where zeros of dy are meant, or the op is steep, a partial
/// derivative that may be infinite or NaN is multiplied such that 0 stays 0.
template <class Ref>
constexpr Ref term_of(adjoint at) {
    const op_info& op = *at.y->op;
    if (is_constant(at.dy, 0)) return constant(*at.y.graph, 0, at.x(at.wrt)->type, at.x(at.wrt).shape());
    const bool keeps = op.kind != op_kind::elementwise || op.keeps_zeros;
    if (keeps || !(at.shielded || (op.is_steep && !is_never_zero(at.dy)))) return op.derivative(at);
    const Ref partial = op.derivative({at.y, constant(*at.y.graph, 1.0, at.dy->type, at.dy.shape()), at.wrt});
    if (!partial || is_always_finite(partial)) return op.derivative(at);
    if (is_op<multiply_op>(*partial->op)) // a number is better multiplied by dy, which has often one already
        for (int k = 0; k < 2; ++k)
            if (const Ref c = partial.input(k); is_number(c) && rewrites::is_at_least_one(constant_value(*c)))
                return apply<multiply_no_nan_op>(partial.input(1 - k), at.dy * c);
    return apply<multiply_no_nan_op>(partial, at.dy);
}

/// The same with its mask.
template <class Ref>
constexpr cotangent<Ref> cotangent_of(Ref n, int k, const cotangent<Ref>& dy) {
    const op_info& op = *n->op;
    if (op.selects) {
        const Ref chosen = k == 1 ? n.input(0) : apply<logical_not_op>(n.input(0));
        return {dy.mask ? apply<logical_and_op>(dy.mask, chosen) : chosen, dy.value, dy.shielded};
    }
    const adjoint at{n, dy.value, k, dy.shielded};
    const Ref term = term_of<Ref>(at);
    if (term && is_number(term)) return {dy.mask, term, constant_value(*term) == 0};
    return {dy.mask, term, dy.shielded || op.may_vanish(at)};
}

/// Goes on from a scan to what it is given and to what its step uses.
template <class Ref>
constexpr void pull_through_scan(Ref scan, list<cotangent<Ref>>& reached, const list<bool>& needed) {
    scan_tangents at{scan, {}, {}};
    for (int id = scan.id + 1; id < reached.size(); ++id) {
        const Ref n{scan.graph, id};
        if (n->op->kind != op_kind::element || !(n.input(0) == scan) || !reached[id].value) continue;
        const cotangent<Ref> dy = reached[id].settled();
        at.results.push_back({n->numbers[0], dy.value, dy.shielded});
    }
    for (int id = 0; id < scan.id; ++id)
        if (needed[id]) at.inputs.push_back({id, {}, false});
    scan->op->pull(at);
    for (const scan_tangents::each& input : at.inputs) accumulate(reached[input.place], {{}, input.value, input.shielded});
}

/// What of `reaching`, which has reached `ys`, reaches `wrt`. Each node is visited once, however often it is used, and none behind `wrt`.
template <class Ref>
constexpr list<cotangent<Ref>> cotangents_of_all(const list<Ref>& ys, const list<cotangent<Ref>>& reaching, const list<Ref>& wrt) {
    builder& b = *ys[0].graph;
    int last = 0;
    for (const Ref& y : ys) last = y.id > last ? y.id : last;
    const list<bool> needed = on_the_way(b, last, wrt);
    list<cotangent<Ref>> reached(last + 1);
    bool of_units = false;
    for (int i = 0; i < ys.size(); ++i) {
        accumulate(reached[ys[i].id], reaching[i]);
        of_units = of_units || reaching[i].shielded;
    }
    for (int id = last; id >= 0; --id) {
        if (!needed[id] || !reached[id].value) continue;
        const op_info& op = *b[id].op;
        const Ref n{&b, id};
        if (op.arity > 0 && wrt.contains(n)) continue;
        if (op.kind == op_kind::element) {
            reached[n.input(0).id].value = reached[id].value; // so that the scan is visited
            continue;
        }
        if (op.kind == op_kind::scan) {
            pull_through_scan(n, reached, needed);
            continue;
        }
        const cotangent<Ref> dy = op.kind == op_kind::elementwise ? reached[id] : reached[id].settled();
        if (op.begins_again && !of_units) { // of unit vectors nothing is computed again
            op.pass_back(n, dy, needed, reached);
            continue;
        }
        for (int k = 0; k < op.arity; ++k) {
            const Ref x = n.input(k);
            if (needed[x.id] && (op.differentiable_inputs >> k & 1u) != 0) accumulate(reached[x.id], cotangent_of(n, k, dy));
        }
    }
    list<cotangent<Ref>> found;
    for (const Ref& w : wrt) found.push_back(w.id <= last ? reached[w.id].settled() : cotangent<Ref>{});
    return found;
}

/// The same of one `y`.
template <class Ref>
constexpr list<cotangent<Ref>> cotangents_of(Ref y, const list<Ref>& wrt, const cotangent<Ref>& reaching) {
    list<Ref> ys;
    ys.push_back(y);
    list<cotangent<Ref>> dys;
    dys.push_back(reaching);
    return cotangents_of_all(ys, dys, wrt);
}

} // namespace detail

/// Reverse mode: appends to the builder of `y` the gradients of `y` with respect to `wrt`, in that order; a none stands where `y`
/// does not depend on it. Each node of `y` is visited once, however often it is used.
/// @param reaching what reaches `y`, of its shape and dtype: 1 if there is none, the gradients of the sum of its elements.
/// @param shielded whether zeros of `reaching` are meant.
template <class Ref>
constexpr list<Ref> differentiate(Ref y, const list<Ref>& wrt, Ref reaching = {}, bool shielded = false) {
    const Ref first = reaching ? reaching : Ref(constant(*y.graph, 1.0, y->type, y.shape()));
    list<Ref> gradients;
    for (const auto& each : detail::cotangents_of(y, wrt, detail::cotangent<Ref>{{}, first, shielded})) gradients.push_back(each.value);
    return gradients;
}

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/leaf.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/transform/differentiate.hpp>

namespace ctgrad {

namespace detail {

/// The derivative of a node along a direction of the leaves. None is 0, known before the program runs.
/// @tparam Ref `ref`; a template, so that ops are compiled where something is differentiated.
template <class Ref>
struct tangent {
    Ref value;
    bool shielded = false; ///< Zeros are meant: they stay 0, be the partial derivative infinite or NaN.
};

/// Whether `t`, the tangent of `n`, can have zeros that are there by its form, where tangents that have them went in.
constexpr bool keeps_zeros_of_form(ref n, ref t) {
    if (n->op->kind == op_kind::reduction || n->op->kind == op_kind::contraction) return false;
    return !is_number(t) && !(t.shape().is_static() && t.shape().static_size() == 1);
}

/// What stands for dy while a derivative rule is asked for the linear map that it is.
struct cotangent_op : leaf_op {
    static constexpr std::string_view name = "cotangent";
};

/// The term of input `k` by the op's derivative rule alone: that rule is linear in dy, and the derivative of what it gives with
/// respect to dy is the transposed map, which is the one wanted.
template <class Ref>
constexpr Ref transposed_rule(Ref n, int k, const tangent<Ref>& t) {
    attributes a;
    a.type = n->type;
    a.shape = n.shape();
    a.name = &symbol_of<"cotangent">;
    list<Ref> dy;
    dy.push_back(n.graph->add(info<deferred_t<cotangent_op, Ref>>, a, nullptr));
    const Ref back = n->op->derivative({n, dy[0], k, t.shielded});
    return back ? differentiate(back, dy, t.value, t.shielded)[0] : Ref{};
}

/// `n`'s op applied to its inputs, input `k` replaced by its tangent: for ops that are linear in that input.
template <class Ref>
constexpr Ref applied_to_tangent(Ref n, int k, const tangent<Ref>& t, int shields = 0) {
    const node op = *n; // the builder may move its nodes
    ref in[max_arity];
    for (int i = 0; i < op.op->arity; ++i) in[i] = i == k ? t.value : n.input(i);
    attributes a = op;
    if (op.op->kind == op_kind::contraction) a.numbers[0] |= shields;
    return n.graph->add(*op.op, a, in);
}

/// What the tangent of input `k` adds to that of `n`.
template <class Ref>
constexpr Ref pushed_term(Ref n, int k, const tangent<Ref>& t) {
    const op_info& op = *n->op;
    switch (op.kind) {
    case op_kind::elementwise: {
        const Ref term = term_of<Ref>(adjoint{n, t.value, k, t.shielded});
        return term && term->type == n->type ? term : transposed_rule(n, k, t);
    }
    case op_kind::view:
    case op_kind::reshape: return applied_to_tangent(n, k, t);
    case op_kind::reduction: return op.is_sum ? applied_to_tangent(n, k, t) : transposed_rule(n, k, t);
    case op_kind::contraction: return applied_to_tangent(n, k, t, t.shielded && !is_always_finite(n.input(1 - k)) ? 1 << k : 0);
    default: return transposed_rule(n, k, t);
    }
}

template <class Ref>
constexpr Ref value_or_zeros(const tangent<Ref>& t, Ref like) {
    return t.value ? t.value : constant(*like.graph, 0, like->type, like.shape());
}

/// The tangent of `n` from those of its inputs.
template <class Ref>
constexpr tangent<Ref> pushed(Ref n, const list<tangent<Ref>>& of) {
    const op_info& op = *n->op;
    tangent<Ref> sum;
    bool any = false;
    for (int k = 0; k < op.arity; ++k) {
        if (!passes_gradient(*n, k) || !of[n.input(k).id].value) continue;
        const tangent<Ref>& t = of[n.input(k).id];
        sum.shielded = t.shielded && (!any || sum.shielded);
        any = true;
        if (op.selects || op.joins) continue;
        const Ref term = pushed_term(n, k, t);
        sum.value = !term ? sum.value : sum.value ? sum.value + term : term;
    }
    if (!any) return {};
    if (op.selects)
        sum.value = apply<where_op>(attributes{}, n.input(0), value_or_zeros(of[n.input(1).id], n), value_or_zeros(of[n.input(2).id], n));
    if (op.joins) {
        const attributes joined = *n;
        ref in[max_arity];
        for (int k = 0; k < op.arity; ++k) in[k] = value_or_zeros(of[n.input(k).id], n.input(k));
        sum.value = n.graph->add(op, joined, in);
    }
    if (!sum.value || is_constant(sum.value, 0)) return {};
    sum.shielded = sum.shielded && keeps_zeros_of_form(n, sum.value);
    return sum;
}

/// The tangents of the results of a scan.
template <class Ref>
constexpr scan_tangents push_through_scan(Ref scan, const list<tangent<Ref>>& of) {
    scan_tangents at{scan, {}, {}};
    for (int id = 0; id < scan.id; ++id)
        if (of[id].value) at.inputs.push_back({id, of[id].value, of[id].shielded});
    if (!at.inputs.empty()) scan->op->push(at);
    return at;
}

/// That of `n`, result of a scan.
template <class Ref>
constexpr tangent<Ref> tangent_of_result(Ref n, list<scan_tangents>& pushed, const list<tangent<Ref>>& of) {
    const int scan = n.input(0).id, result = n->numbers[0];
    int at = -1;
    for (int i = 0; i < pushed.size(); ++i)
        if (pushed[i].scan.id == scan) at = i;
    if (at < 0) {
        at = pushed.size();
        pushed.push_back(push_through_scan(Ref{n.graph, scan}, of));
    }
    const scan_tangents::each* found = pushed[at].result(result);
    return found ? tangent<Ref>{found->value, found->shielded} : tangent<Ref>{};
}

} // namespace detail

/// Forward mode: appends to the builder of `results` their derivatives along a direction, `tangents` of the leaves `wrt`, in the
/// order of the results; a none stands for a 0 that is known now. Each node is visited once, and none behind `wrt`.
/// @param shielded whether zeros of the tangents are meant, as those of unit vectors are.
template <class Ref>
constexpr list<Ref> push_forward(const list<Ref>& results, const list<Ref>& wrt, const list<Ref>& tangents, bool shielded = false) {
    builder& b = *results[0].graph;
    int last = 0;
    for (const Ref& y : results) last = y.id > last ? y.id : last;
    list<bool> needed(last + 1);
    for (const Ref& y : results) needed[y.id] = true;
    for (int id = last; id >= 0; --id)
        for (int k = 0; needed[id] && k < b[id].op->arity; ++k)
            if (detail::passes_gradient(b[id], k)) needed[b[id].inputs[k]] = true;
    list<detail::tangent<Ref>> of(last + 1);
    for (int i = 0; i < wrt.size(); ++i)
        if (wrt[i].id <= last && !is_constant(tangents[i], 0)) of[wrt[i].id] = {tangents[i], shielded};
    list<scan_tangents> scans;
    for (int id = 0; id <= last; ++id) {
        const op_info& op = *b[id].op;
        if (!needed[id] || op.arity == 0 || of[id].value || op.kind == op_kind::pack || op.kind == op_kind::scan) continue;
        of[id] = op.kind == op_kind::element ? detail::tangent_of_result(Ref{&b, id}, scans, of) : detail::pushed(Ref{&b, id}, of);
    }
    list<Ref> out;
    for (const Ref& y : results) out.push_back(of[y.id].value);
    return out;
}

} // namespace ctgrad

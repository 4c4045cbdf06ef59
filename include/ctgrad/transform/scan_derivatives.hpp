// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/detail/scan_op.hpp>
#include <ctgrad/ops/sum_of_outer_products.hpp>
#include <ctgrad/transform/push_forward.hpp>

/// @file The derivatives of a scan are scans. Back: over reversed time, its carries the gradients of the carries, its step the gradients of the
/// step, fed by the carries before each step. Forward: its carries the tangents of the carries. Source: Griewank and Walther,
/// Evaluating Derivatives (2008), ch. 3; `jax.lax.scan`.

namespace ctgrad {

namespace detail {

/// A scan taken apart, and a derivative of it that is being made: a scan that is given the carries before each step and the sequences.
template <class Ref>
struct scan_derivative {
    builder& graph;
    Ref scan;
    scan_facts facts;
    list<int> given, made; ///< Nodes: what the scan is given, what its step makes.
    list<int> outside;     ///< What the step uses of what is the same in all steps.
    list<int> step;
    scan_parts<Ref> parts;
    list<Ref> copies; ///< The step again, by node, on what the new scan is given.

    constexpr scan_derivative(Ref of, std::string_view mode, const list<scan_tangents::each>& by)
        : graph(*of.graph), scan(of), facts(*of), given(unpacked(graph, graph[of.id].inputs[0], facts.given())),
          made(unpacked(graph, graph[of.id].inputs[1], facts.made())) {
        step = scopes(graph, of.id + 1).step_of(graph, of.id, made, [&](int id) { outside.push_back(id); });
        parts.number = hash_combine(graph[of.id].hash, hash_text(mode));
        for (const scan_tangents::each& each : by)
            if (each.value)
                parts.number = hash_combine(parts.number, hash_combine(each.value->hash, static_cast<std::uint64_t>(each.place)));
        parts.length = facts.length;
        for (int c = 0; c < facts.carries; ++c) parts.sequences.push_back(carries_before(scan, c, attributes(graph[given[c]])));
        for (int i = facts.carries; i < facts.given(); ++i) parts.sequences.push_back({&graph, given[i]});
    }

    constexpr bool is_floating_carry(int c) const { return is_floating(graph[given[c]].type); }
    constexpr Ref zeros_like(int id) const { return constant(graph, 0, graph[id].type, tensor_shape(graph[id].shape)); }

    /// Repeats the step; the carries of the new scan must be there.
    constexpr void copy_step() {
        copies = list<Ref>(scan.id);
        const std::uint64_t number = scan->bits;
        for (int id : step) {
            const node n = graph[id];
            if (n.op->is_bound && n.bits == number)
                copies[id] = parts.element(n.numbers[1] != 0 ? facts.carries + n.numbers[0] : n.numbers[0]);
            else {
                ref in[max_arity];
                for (int k = 0; k < n.op->arity; ++k) in[k] = copy(n.inputs[k]);
                copies[id] = graph.add(*n.op, n, in);
            }
        }
    }
    constexpr Ref copy(int id) const { return copies[id] ? copies[id] : Ref{&graph, id}; }
};

/// A sum over all steps of what a step makes, put together when the scan is there. A product of matrices is summed by one product of what
/// its operands were in all steps; anything else in a carry.
template <class Ref>
class sum_over_steps {
public:
    constexpr sum_over_steps() = default;
    constexpr sum_over_steps(Ref each, int outside, scan_derivative<Ref>& in) : outside_(outside), each_(each) {
        while (is_op<deferred_t<view_op, Ref>>(*each->op) && each.shape().rank == 2 && each.input(0).shape().rank == 2 &&
               is_transposed(each)) {
            turned_ = !turned_;
            each = each.input(0);
        }
        const node n = *each;
        by_product_ = n.op->form == product_form::outer_products || (n.op->form == product_form::matrices && n.shape.rank == 2);
        for (int k = 0; k < 2 && by_product_; ++k) by_product_ = each.input(k).shape().rank < max_rank;
        if (by_product_) {
            product_ = each;
            for (int k = 0; k < 2; ++k) keep(each.input(k), in);
            return;
        }
        carry_ = in.parts.carries.size();
        in.parts.carries.push_back(in.zeros_like(outside));
        in.parts.next.push_back(in.parts.carry(carry_) + each_);
    }

    constexpr Ref total(Ref scan, const scan_derivative<Ref>& in) const {
        if (!by_product_) return last_carry(scan, carry_, attributes(in.graph[outside_]));
        const bool outer = product_->op->form == product_form::outer_products;
        const Ref rows[] = {in_all_steps(product_.input(0), !outer, scan, in), in_all_steps(product_.input(1), false, scan, in)};
        attributes a;
        a.numbers[0] = product_->numbers[0];
        const Ref sum = in.graph.add(info<deferred_t<sum_of_outer_products_op, Ref>>, a, rows);
        return turned_ ? swapped(sum) : sum;
    }

private:
    static constexpr bool is_transposed(Ref x) { return x->numbers[0] == 1 && x->numbers[1] == 0; }

    /// `x` with its last two axes exchanged.
    static constexpr Ref swapped(Ref x) {
        attributes a;
        const tensor_shape from = x.shape();
        for (int k = 0; k < from.rank; ++k) {
            a.numbers[k] = k < from.rank - 2 ? k : k == from.rank - 1 ? k - 1 : k + 1;
            a.shape.append(from[a.numbers[k]]);
        }
        return apply<deferred_t<view_op, Ref>>(a, x);
    }
    /// What an operand shows, behind a transposition.
    static constexpr Ref shown(Ref x) {
        return is_op<deferred_t<view_op, Ref>>(*x->op) && x.shape().rank == 2 && x.input(0).shape().rank == 2 && is_transposed(x)
                   ? x.input(0)
                   : x;
    }

    /// Makes the scan put out what an operand is in each step, unless it is an element of what the scan is given.
    constexpr void keep(Ref operand, scan_derivative<Ref>& in) {
        const Ref x = shown(operand);
        if (is_element(x, in)) return;
        for (const Ref& known : in.parts.outputs)
            if (known == x) return;
        in.parts.outputs.push_back(x);
    }
    static constexpr bool is_element(Ref x, const scan_derivative<Ref>& in) {
        return x->op->is_bound && x->bits == in.parts.number && x->numbers[1] != 0;
    }
    static constexpr Ref in_all_steps(Ref operand, bool swap, Ref scan, const scan_derivative<Ref>& in) {
        const Ref x = shown(operand);
        Ref all;
        if (is_element(x, in))
            all = in.parts.sequences[x->numbers[0]];
        else
            for (int i = 0; i < in.parts.outputs.size(); ++i)
                if (in.parts.outputs[i] == x) all = outputs_of_steps(scan, i, attributes(*x));
        return (x == operand) != swap ? all : swapped(all);
    }

    int outside_ = -1, carry_ = -1;
    Ref each_, product_;
    bool by_product_ = false, turned_ = false;
};

} // namespace detail

template <class Ref>
constexpr void scan_op::pull(scan_tangents& at) {
    detail::scan_derivative<Ref> d(at.scan, "pull", at.results);
    const detail::scan_facts facts = d.facts;
    d.parts.backward = !facts.backward;

    list<Ref> ys;
    list<detail::cotangent<Ref>> dys;
    bool shielded = false;
    list<int> place(facts.carries, -1); // of the gradient of a carry among the carries of the new scan
    for (int c = 0; c < facts.carries; ++c) {
        if (!d.is_floating_carry(c)) continue;
        const scan_tangents::each* const dy = at.result(c);
        place[c] = d.parts.carries.size();
        d.parts.carries.push_back(dy ? Ref(dy->value) : d.zeros_like(d.given[c]));
        shielded = shielded || !dy || dy->shielded;
    }
    list<int> before(facts.carries, -1), output(facts.outputs, -1); // of the gradients of other results among its sequences
    auto add_sequence = [&](int result) {
        const scan_tangents::each* const dy = at.result(result);
        if (!dy) return -1;
        shielded = shielded || dy->shielded;
        d.parts.sequences.push_back(dy->value);
        return d.parts.sequences.size() - 1;
    };
    for (int c = 0; c < facts.carries; ++c) before[c] = add_sequence(facts.carry_before(c));
    for (int i = 0; i < facts.outputs; ++i) output[i] = add_sequence(facts.output(i));

    d.copy_step();
    for (int c = 0; c < facts.carries; ++c)
        if (place[c] >= 0) {
            ys.push_back(d.copy(d.made[c]));
            dys.push_back({{}, d.parts.carry(place[c]), shielded});
        }
    for (int i = 0; i < facts.outputs; ++i)
        if (output[i] >= 0) {
            ys.push_back(d.copy(d.made[facts.carries + i]));
            dys.push_back({{}, d.parts.element(output[i]), shielded});
        }
    list<Ref> wrt; // the carries, what is wanted of the sequences, what is wanted from outside
    for (int c = 0; c < facts.carries; ++c) wrt.push_back(d.parts.element(c));
    list<int> sequences, outside;
    for (int i = facts.carries; i < facts.given(); ++i)
        if (at.input(d.given[i]) && is_floating(d.graph[d.given[i]].type)) {
            sequences.push_back(i);
            wrt.push_back(d.parts.element(i));
        }
    for (int id : d.outside)
        if (at.input(id) && is_floating(d.graph[id].type)) {
            outside.push_back(id);
            wrt.push_back({&d.graph, id});
        }
    if (ys.empty()) return;
    const list<Ref> gradients = differentiate_all(ys, dys, wrt);

    for (int c = 0; c < facts.carries; ++c) {
        if (place[c] < 0) continue;
        Ref next = gradients[c];
        if (before[c] >= 0) next = next ? next + d.parts.element(before[c]) : d.parts.element(before[c]);
        d.parts.next.push_back(next ? next : d.zeros_like(d.given[c]));
    }
    list<int> put_out(sequences.size(), -1);
    for (int i = 0; i < sequences.size(); ++i)
        if (const Ref g = gradients[facts.carries + i]) {
            put_out[i] = d.parts.outputs.size();
            d.parts.outputs.push_back(g);
        }
    list<detail::sum_over_steps<Ref>> sums;
    list<int> summed;
    for (int i = 0; i < outside.size(); ++i)
        if (const Ref g = gradients[facts.carries + sequences.size() + i]) {
            sums.push_back(detail::sum_over_steps<Ref>(g, outside[i], d));
            summed.push_back(outside[i]);
        }
    if (d.parts.carries.empty()) return; // nothing floating is carried or summed
    const Ref made = d.parts.finish();
    auto give = [&](int id, Ref value) { at.inputs.push_back({id, value, shielded}); };
    at.inputs.clear();
    for (int c = 0; c < facts.carries; ++c)
        if (place[c] >= 0) give(d.given[c], detail::last_carry(made, place[c], attributes(d.graph[d.given[c]])));
    for (int i = 0; i < sequences.size(); ++i)
        if (put_out[i] >= 0)
            give(d.given[sequences[i]], detail::outputs_of_steps(made, put_out[i], detail::of_one_step(d.graph[d.given[sequences[i]]])));
    for (int i = 0; i < sums.size(); ++i) give(summed[i], sums[i].total(made, d));
}

template <class Ref>
constexpr void scan_op::push(scan_tangents& at) {
    detail::scan_derivative<Ref> d(at.scan, "push", at.inputs);
    const detail::scan_facts facts = d.facts;
    d.parts.backward = facts.backward;
    auto tangent = [&](int id) { return at.input(id) ? at.input(id)->value : Ref{}; };
    bool any = false, shielded = true;
    auto note = [&](int id) {
        const scan_tangents::each* const found = at.input(id);
        any = any || found;
        shielded = shielded && (!found || found->shielded);
    };
    for (int id : d.given) note(id);
    for (int id : d.outside) note(id);
    if (!any) return;

    list<int> place(facts.carries, -1);
    for (int c = 0; c < facts.carries; ++c)
        if (d.is_floating_carry(c)) {
            place[c] = d.parts.carries.size();
            d.parts.carries.push_back(tangent(d.given[c]) ? tangent(d.given[c]) : d.zeros_like(d.given[c]));
        }
    const int first_tangent = d.parts.sequences.size();
    list<int> sequences;
    for (int i = facts.carries; i < facts.given(); ++i)
        if (const Ref t = tangent(d.given[i])) {
            sequences.push_back(i);
            d.parts.sequences.push_back(t);
        }
    if (d.parts.carries.empty()) { // a scan has a carry; the tangents of outputs may have none
        attributes number;
        d.parts.carries.push_back(constant(d.graph, 0, number.type));
    }
    d.copy_step();
    list<Ref> results, wrt, tangents;
    for (int id : d.made) results.push_back(d.copy(id));
    auto along = [&](Ref x, Ref t) {
        wrt.push_back(x);
        tangents.push_back(t);
    };
    for (int c = 0; c < facts.carries; ++c)
        if (place[c] >= 0) along(d.parts.element(c), d.parts.carry(place[c]));
    for (int i = 0; i < sequences.size(); ++i) along(d.parts.element(sequences[i]), d.parts.element(first_tangent + i));
    for (int id : d.outside)
        if (const Ref t = tangent(id)) along({&d.graph, id}, t);
    const list<Ref> pushed = push_forward(results, wrt, tangents, shielded);

    for (int c = 0; c < facts.carries; ++c)
        if (place[c] >= 0) d.parts.next.push_back(pushed[c] ? pushed[c] : d.zeros_like(d.given[c]));
    if (d.parts.next.empty()) d.parts.next.push_back(d.parts.carry(0));
    list<int> put_out(facts.outputs, -1);
    for (int i = 0; i < facts.outputs; ++i)
        if (const Ref t = pushed[facts.carries + i]) {
            put_out[i] = d.parts.outputs.size();
            d.parts.outputs.push_back(t);
        }
    const Ref made = d.parts.finish();
    for (int c = 0; c < facts.carries; ++c)
        if (place[c] >= 0) {
            const attributes carry = d.graph[d.given[c]];
            at.results.push_back({c, detail::last_carry(made, place[c], carry), false});
            at.results.push_back({facts.carry_before(c), detail::carries_before(made, place[c], carry), false});
        }
    for (int i = 0; i < facts.outputs; ++i)
        if (put_out[i] >= 0)
            at.results.push_back(
                {facts.output(i), detail::outputs_of_steps(made, put_out[i], attributes(d.graph[d.made[facts.carries + i]])), false});
}

} // namespace ctgrad

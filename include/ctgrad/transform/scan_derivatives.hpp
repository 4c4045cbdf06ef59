// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/detail/scan_derivative.hpp>
#include <ctgrad/transform/push_forward.hpp>

/// @file The derivatives of a scan are scans. Back: over reversed time, its carries the gradients of the carries, its step the gradients of
/// the step, fed by the carries before each step. Forward: its carries the tangents of the carries. Source: Griewank and Walther,
/// Evaluating Derivatives (2008), ch. 3; `jax.lax.scan`.

namespace ctgrad {

template <class Ref>
constexpr void scan_op::pull(scan_tangents& at) {
    detail::scan_derivative<Ref> d(at.scan, "pull", at.results);
    const detail::scan_facts facts = d.facts;
    d.parts.backward = !facts.backward;
    d.parts.sums_in_carries = facts.sums_in_carries;

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
    list<Ref> before(facts.carries), output(facts.outputs); // what stands in a step for the gradients of the other results
    auto in_a_step = [&](int result) {
        const scan_tangents::each* const dy = at.result(result);
        if (!dy) return Ref{};
        shielded = shielded || dy->shielded;
        return d.element_of(dy->value);
    };
    for (int c = 0; c < facts.carries; ++c) before[c] = in_a_step(facts.carry_before(c));
    for (int i = 0; i < facts.outputs; ++i) output[i] = in_a_step(facts.output(i));

    d.copy_step();
    for (int c = 0; c < facts.carries; ++c)
        if (place[c] >= 0) {
            ys.push_back(d.copy(d.made[c]));
            dys.push_back({{}, d.parts.carry(place[c]), shielded});
        }
    for (int i = 0; i < facts.outputs; ++i)
        if (output[i]) {
            ys.push_back(d.copy(d.made[facts.carries + i]));
            dys.push_back({{}, output[i], shielded});
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
    list<Ref> gradients;
    for (const auto& each : detail::cotangents_of_all(ys, dys, wrt)) gradients.push_back(each.value);

    for (int c = 0; c < facts.carries; ++c) {
        if (place[c] < 0) continue;
        Ref next = gradients[c];
        if (before[c]) next = next ? next + before[c] : before[c];
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
    d.parts.sums_in_carries = facts.sums_in_carries;
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

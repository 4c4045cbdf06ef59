// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/detail/scan_op.hpp>
#include <ctgrad/transform/detail/lifted_nodes.hpp>

namespace ctgrad::detail {

/// Lifts a scan: the same scan for each example, time in front. What it carries has an axis of examples more if what it begins with has
/// one, or what a step makes of it.
template <class Ref>
struct scan_lift {
    const lifted_nodes<Ref>& all;
    builder& graph;
    int id;
    scan_facts facts;
    list<int> given, made;

    constexpr scan_lift(const lifted_nodes<Ref>& in, int scan)
        : all(in), graph(in.graph_), id(scan), facts(graph[scan]), given(unpacked(graph, graph[scan].inputs[0], facts.given())),
          made(unpacked(graph, graph[scan].inputs[1], facts.made())) {}

    /// None, where its steps are the examples.
    constexpr Ref scan() const {
        const node n = graph[id];
        if (facts.length == all.examples_) return {};
        scan_parts<Ref> parts;
        parts.op = n.op;
        parts.number = n.bits;
        parts.length = facts.length;
        parts.backward = facts.backward;
        parts.sums_in_carries = facts.sums_in_carries;
        for (int c = 0; c < facts.carries; ++c) {
            parts.carries.push_back(with_axis(given[c], is_lifted(c)));
            parts.next.push_back(with_axis(made[c], is_lifted(c)));
        }
        for (int i = facts.carries; i < facts.given(); ++i) {
            const Ref sequence = all.copy_or_original(given[i]);
            parts.sequences.push_back(all.is_lifted(given[i]) ? lifted_nodes<Ref>::turned(sequence, 1, false) : sequence);
        }
        for (int i = facts.carries; i < facts.made(); ++i) parts.outputs.push_back(all.copy_or_original(made[i]));
        return parts.finish();
    }

    /// Result `r` of the lifted scan, its axis of examples in front.
    constexpr Ref result(int r) const {
        attributes like = plain(graph[in_one_step(r)]);
        if (is_lifted(r)) like.shape = all.in_front(like.shape);
        const Ref of_copy = result_of_scan(all.copies_[id], r, in_all_steps(r) ? stacked_over(facts.length, like) : like);
        return is_lifted(r) && in_all_steps(r) ? lifted_nodes<Ref>::turned(of_copy, 1, true) : of_copy;
    }

    /// The result of the original scan that `copy`, result of a lifted one, repeats for each example; or none.
    static constexpr Ref original_result(const lifted_nodes<Ref>& in, Ref copy) {
        for (int scan = 0; scan < in.copies_.size(); ++scan)
            if (in.graph_[scan].op->kind == op_kind::scan && in.copies_[scan] && in.copies_[scan] == copy.input(0))
                return scan_lift(in, scan).repeated_original(copy);
        return {};
    }

    /// Finds what stands in a step for what varies. @returns what cannot be lifted, or nothing.
    static constexpr std::string_view spread_over_steps(const builder& graph, list<bool>& varies) {
        list<int> scans;
        for (int id = 0; id < varies.size(); ++id)
            if (graph[id].op->kind == op_kind::scan) {
                for (int other : scans)
                    if (graph[other].bits == graph[id].bits) return graph[id].op->name; // two scans of one step
                scans.push_back(id);
            }
        for (bool more = true; more;) {
            more = false;
            for (int scan : scans) more = spread_over_steps_of(scan, graph, varies) || more;
            for (int id = 0; id < varies.size(); ++id)
                for (int k = 0; k < graph[id].op->arity; ++k)
                    if (passes_gradient(graph[id], k) && varies[graph[id].inputs[k]]) varies[id] = true;
        }
        return {};
    }

private:
    static constexpr bool spread_over_steps_of(int scan, const builder& graph, list<bool>& varies) {
        const scan_facts facts(graph[scan]);
        const list<int> given = unpacked(graph, graph[scan].inputs[0], facts.given());
        const list<int> made = unpacked(graph, graph[scan].inputs[1], facts.made());
        bool more = false;
        for (int id = 0; id < scan; ++id) {
            const node& n = graph[id];
            if (!n.op->is_bound || n.bits != graph[scan].bits || varies[id] || !is_floating(n.type)) continue;
            const int at = n.numbers[0];
            varies[id] = n.numbers[1] != 0 ? varies[given[facts.carries + at]] : varies[given[at]] || varies[made[at]];
            more = more || varies[id];
        }
        return more;
    }

    constexpr Ref with_axis(int node, bool lifted) const {
        const Ref copy = all.copy_or_original(node);
        return lifted && !all.is_lifted(node) ? all.repeated(copy) : copy;
    }
    constexpr bool in_all_steps(int r) const { return r >= facts.carries; }
    /// The node that says what result `r` is in one step, and whether that is lifted.
    constexpr int in_one_step(int r) const { return r < 2 * facts.carries ? given[r % facts.carries] : made[r - facts.carries]; }
    constexpr bool is_lifted(int r) const {
        if (r >= 2 * facts.carries) return all.is_lifted(made[r - facts.carries]);
        return all.is_lifted(given[r % facts.carries]) || all.is_lifted(made[r % facts.carries]);
    }

    constexpr Ref repeated_original(Ref copy) const {
        const int r = copy->numbers[0];
        const attributes like = plain(graph[in_one_step(r)]);
        const Ref original = result_of_scan(Ref{&graph, id}, r, in_all_steps(r) ? stacked_over(facts.length, like) : like);
        if (!is_lifted(r)) return original;
        attributes view;
        view.shape = copy.shape();
        for (int k = 0; k < view.shape.rank; ++k) view.numbers[k] = in_all_steps(r) && k == 0 ? 0 : k - 1;
        if (in_all_steps(r)) view.numbers[1] = -1;
        return apply<view_op>(view, original);
    }
};

} // namespace ctgrad::detail

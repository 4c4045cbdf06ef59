// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/extract.hpp>
#include <ctgrad/graph/view.hpp>
#include <ctgrad/ops/reduce_sum.hpp> // which the derivative of a view names
#include <ctgrad/ops/slice.hpp>
#include <ctgrad/transform/detail/graph_copy.hpp>

/// @file A long formula of single elements of a vector is taken of the vector at once, one element a lane: the sines of the joints of an
/// arm. Lanes are scalars bit for bit, so the numbers stay what they are.

namespace ctgrad::detail {

/// A node that applies a long formula to one element of a short vector.
struct formula_of_element {
    int node = -1, vector = -1, slice = -1;
};

/// What node `id` is of that, if it is.
constexpr formula_of_element formula_at(graph_view g, int id) {
    constexpr int long_formula = 8, longest_vector = 64;
    const node& n = g[id];
    if (n.op->kind != op_kind::elementwise || n.op->arity != 1 || n.op->flops < long_formula) return {};
    int at = n.inputs[0];
    if (is_op<view_op>(*g[at].op) && g[at].shape.rank == 0) at = g[at].inputs[0];
    if (!is_op<slice_op>(*g[at].op) || !(g[at].shape == shape(1))) return {};
    const int vector = g[at].inputs[0];
    return g[vector].shape[0].extent <= longest_vector ? formula_of_element{id, vector, at} : formula_of_element{};
}

/// The nodes of `g` that are taken together: of a vector more than two elements, and half of them, go through one formula; some more
/// would not cost more.
constexpr list<formula_of_element> elements_together(graph_view g) {
    list<formula_of_element> all, together;
    for (int id = 0; id < g.size; ++id)
        if (const formula_of_element found = formula_at(g, id); found.node >= 0) all.push_back(found);
    for (const formula_of_element& each : all) {
        int alike = 0;
        for (const formula_of_element& other : all)
            if (other.vector == each.vector && *g[other.node].op == *g[each.node].op) ++alike;
        if (alike > 2 && 2 * alike >= g[each.vector].shape[0].extent) together.push_back(each);
    }
    return together;
}

/// `g`, in which these formulas are taken of vectors.
template <class Program = void>
constexpr draft_graph with_elements_together(const draft_graph& g, const list<formula_of_element>& together) {
    graph_copy out(g);
    list<std::int16_t> whole(together.size(), std::int16_t{-1}); // of the formula of the vector
    int next = 0;                                                // of `together`, which is in the order of the nodes
    for (int id = 0; id < g.nodes.size(); ++id) {
        if (next == together.size() || together[next].node != id) {
            out.place[id] = out.add(out.moved(id));
            continue;
        }
        const node& n = g.nodes[id];
        const formula_of_element& each = together[next];
        for (int i = 0; i < next; ++i)
            if (together[i].vector == each.vector && *g.nodes[together[i].node].op == *n.op) whole[next] = whole[i];
        if (whole[next] < 0) {
            attributes a = n;
            a.shape = g.nodes[each.vector].shape;
            whole[next] = out.add(*n.op, a, out.place[each.vector]);
        }
        attributes box = g.nodes[each.slice], number;
        box.type = number.type = n.type;
        out.place[id] = out.add(info<deferred_t<slice_op, Program>>, box, whole[next]);
        if (n.shape.rank == 0) out.place[id] = out.add(info<deferred_t<view_op, Program>>, number, out.place[id]);
        ++next;
    }
    return out.finish();
}

} // namespace ctgrad::detail

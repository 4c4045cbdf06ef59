// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/extract.hpp>
#include <ctgrad/graph/view.hpp>
#include <ctgrad/ops/reduce_sum.hpp> // which the derivative of a view names
#include <ctgrad/ops/slice.hpp>

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
constexpr draft_graph with_elements_together(const draft_graph& g, const list<formula_of_element>& together) {
    draft_graph out;
    list<std::int16_t> place(g.nodes.size()), whole(together.size(), std::int16_t{-1}); // of the formula of the vector
    const auto add = [&](const op_info& op, const attributes& a, int input) {
        node n;
        static_cast<attributes&>(n) = a;
        n.op = &op;
        n.inputs[0] = static_cast<std::int16_t>(input);
        out.nodes.push_back(n);
        return static_cast<std::int16_t>(out.nodes.size() - 1);
    };
    int next = 0; // of `together`, which is in the order of the nodes
    for (int id = 0; id < g.nodes.size(); ++id) {
        node n = g.nodes[id];
        if (next == together.size() || together[next].node != id) {
            for (int k = 0; k < n.op->arity; ++k) n.inputs[k] = place[n.inputs[k]];
            place[id] = static_cast<std::int16_t>(out.nodes.size());
            out.nodes.push_back(n);
            continue;
        }
        const formula_of_element& each = together[next];
        for (int i = 0; i < next; ++i)
            if (together[i].vector == each.vector && *g.nodes[together[i].node].op == *n.op) whole[next] = whole[i];
        if (whole[next] < 0) {
            attributes a = n;
            a.shape = g.nodes[each.vector].shape;
            whole[next] = add(*n.op, a, place[each.vector]);
        }
        attributes box = g.nodes[each.slice], number;
        box.type = number.type = n.type;
        place[id] = add(info<slice_op>, box, whole[next]);
        if (n.shape.rank == 0) place[id] = add(info<view_op>, number, place[id]);
        ++next;
    }
    for (const std::int16_t root : g.roots) out.roots.push_back(root < 0 ? root : place[root]);
    return out;
}

} // namespace ctgrad::detail

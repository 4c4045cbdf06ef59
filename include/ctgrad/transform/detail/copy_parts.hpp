// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/extract.hpp>
#include <ctgrad/graph/view.hpp>
#include <ctgrad/ops/reduce_sum.hpp> // which the derivative of a view names
#include <ctgrad/transform/detail/graph_copy.hpp>

namespace ctgrad::detail {

/// `g` with a copy in front of each input of a join that is needed elsewhere as it is, or is no loop's value: what is left
/// can be computed where it belongs.
template <class Program>
constexpr draft_graph copy_parts(const draft_graph& g) {
    list<int> uses(g.nodes.size(), 0);
    list<bool> elsewhere(g.nodes.size());
    for (const node& n : g.nodes)
        for (int k = 0; k < n.op->arity; ++k) {
            uses[n.inputs[k]] += n.op->joins;
            if (n.op->kind == op_kind::reshape) elsewhere[n.inputs[k]] = true;
        }
    for (const std::int16_t root : g.roots)
        if (root >= 0) elsewhere[root] = true;
    graph_copy out(g);
    for (int id = 0; id < g.nodes.size(); ++id) {
        node n = out.moved(id);
        for (int k = 0; k < n.op->arity; ++k) {
            const int x = g.nodes[id].inputs[k];
            const node& from = g.nodes[x];
            const bool is_value = from.op->kind == op_kind::elementwise || from.op->joins;
            if (!n.op->joins || (is_value && uses[x] == 1 && !elsewhere[x])) continue;
            attributes copy{from.type, from.shape};
            for (int axis = 0; axis < from.shape.rank; ++axis) copy.numbers[axis] = axis;
            copy.bits = static_cast<std::uint64_t>(out.size()); // no two of them are one
            n.inputs[k] = out.add(info<deferred_t<view_op, Program>>, copy, n.inputs[k]);
        }
        out.place[id] = out.add(n);
    }
    return out.finish();
}

} // namespace ctgrad::detail

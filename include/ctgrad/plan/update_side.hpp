// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/memory_needs.hpp>

namespace ctgrad::detail {

/// Which nodes only the new values of variables need, element by element, back to the products that make
/// gradients: they wait for the end, where they are computed together with those.
constexpr list<bool> update_side(program_graph program) {
    const graph_view g = program.graph;
    list<bool> wanted(g.size, false), side(g.size, true);
    for (int r = 0; r < program.results(); ++r) {
        wanted[g.roots[r]] = true;
        if (r < program.outputs) side[g.roots[r]] = false;
    }
    for (int id = g.size - 1; id >= 0; --id) {
        const op_kind kind = g[id].op->kind;
        side[id] = side[id] && wanted[id] && (kind == op_kind::elementwise || kind == op_kind::view || kind == op_kind::contraction);
        for (int k = 0; k < g[id].op->arity; ++k) {
            wanted[g[id].inputs[k]] = true;
            if (!side[id] || kind == op_kind::contraction) side[g[id].inputs[k]] = false;
        }
    }
    return side;
}

} // namespace ctgrad::detail

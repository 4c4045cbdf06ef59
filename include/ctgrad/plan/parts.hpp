// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/list.hpp>
#include <ctgrad/graph/op_info.hpp>

namespace ctgrad::detail {

/// For each node the one in whose memory it can be computed, as a part of it beside others; or -1. All inputs of
/// that one are such parts: values of loops, copies of what else there is, or made of parts themselves, that stand there
/// once and are no results.
constexpr list<int> find_parts(graph_view g) {
    list<int> part_of(g.size, -1);
    bool any = false;
    for (int id = 0; id < g.size; ++id) any = any || g[id].op->joins;
    if (!any) return part_of;

    list<bool> fits(g.size);
    list<int> joined(g.size, 0);
    for (int id = 0; id < g.size; ++id) {
        const op_info& op = *g[id].op;
        fits[id] = op.kind == op_kind::elementwise || op.kind == op_kind::view || op.joins;
        for (int k = 0; k < op.arity; ++k) {
            const int x = g[id].inputs[k];
            joined[x] += op.joins;
            if (op.kind == op_kind::reshape || op.kind >= op_kind::pack || joined[x] > 1) fits[x] = false;
        }
    }
    for (int r = 0; r < g.root_count; ++r) fits[g.roots[r]] = false;
    // A whole that is no part of another may be a result, but not one whose inputs are taken by others.
    for (int id = 0; id < g.size; ++id) {
        if (!g[id].op->joins) continue;
        bool good = true;
        for (int k = 0; k < g[id].op->arity; ++k) good = good && fits[g[id].inputs[k]];
        for (int k = 0; k < g[id].op->arity && good; ++k) part_of[g[id].inputs[k]] = id;
        if (!good) fits[id] = false;
    }
    return part_of;
}

} // namespace ctgrad::detail

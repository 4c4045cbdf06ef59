// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/draft_kernels.hpp>

namespace ctgrad::detail {

/// Whether rows of a matrix leave lanes empty while its columns fill them.
constexpr bool has_rows_too_short(const tensor_shape& matrix, dtype type, const target& machine) {
    if (matrix.rank != 2 || !matrix[1].is_static() || matrix[1].extent > machine.short_row || !is_floating(type)) return false;
    const int lanes = machine.lanes(type);
    return matrix[1].extent % lanes != 0 && matrix[1].extent > 1 && (!matrix[0].is_static() || matrix[0].extent >= lanes);
}

/// Whether a loop over short rows can have them in lanes: what has one element a row lies along the rows.
constexpr bool can_have_rows_in_lanes(graph_view g, const memory_needs& needs, const draft_kernel& loop) {
    if (loop.kind != kernel_kind::loop || loop.strided || loop.space.rank != 2) return false;
    bool good = true;
    for (int id : loop.members) {
        needs.for_each_load(id, [&](int source, const access& a) {
            const tensor_shape& from = g[source].shape;
            if (a.rank == 2 && a.axis[0] >= 0 && a.axis[1] < 0)
                for (int k = a.axis[0] + 1; k < from.rank; ++k) good = good && from[k].is_one();
            good = good && !(g[source].type == dtype::boolean && space_of(from).shape == loop.space);
        });
        good = good && !(g[id].type == dtype::boolean && needs.memory[id]);
    }
    return good;
}

/// Which nodes lie column after column: matrices with short rows that are made by such a loop, and that
/// only such loops and products of matrices read.
constexpr list<bool> find_by_columns(graph_view g, const memory_needs& needs, const draft_kernels& kernels, const target& machine) {
    list<bool> fits(kernels.all.size());
    for (int i = 0; i < fits.size(); ++i) fits[i] = can_have_rows_in_lanes(g, needs, kernels.all[i]);
    list<bool> chosen(g.size);
    for (int id = 0; id < g.size; ++id) {
        const node& n = g[id];
        chosen[id] = needs.memory[id] && needs.member[id] && needs.part_of[id] < 0 && n.op->kind == op_kind::elementwise &&
                     has_rows_too_short(n.shape, n.type, machine) && fits[kernels.of_node[id]] &&
                     kernels.all[kernels.of_node[id]].space == n.shape;
    }
    for (int id = 0; id < g.size; ++id) {
        const op_kind kind = g[id].op->kind;
        if (kind == op_kind::reshape) chosen[source_of(g, id)] = false;
        if (!needs.member[id]) continue;
        kernels.for_each_source(id, [&](int source, bool) {
            const bool in_product = kind == op_kind::contraction && g[id].shape.rank == 2;
            const bool in_loop =
                is_loop_kind(g[id]) && fits[kernels.of_node[id]] && kernels.all[kernels.of_node[id]].space == g[source].shape;
            if (!in_product && !in_loop) chosen[source] = false;
        });
    }
    for (int r = 0; r < g.root_count; ++r) chosen[g.roots[r]] = false;
    return chosen;
}

} // namespace ctgrad::detail

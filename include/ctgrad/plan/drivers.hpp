// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/draft_kernels.hpp>

namespace ctgrad::detail {

/// The loop that first reads what a product makes.
struct first_reader {
    int kernel = -1;
    bool by_element = true; ///< It reads each element where it computes that element.
    bool alone = true;      ///< No other kernel reads the product.
};

/// The first readers of all nodes.
constexpr list<first_reader> find_first_readers(graph_view g, const memory_needs& needs, const draft_kernels& kernels) {
    list<first_reader> readers(g.size);
    auto note = [&](int source, int reader, bool by_element) {
        first_reader& known = readers[source];
        const int kernel = kernels.of_node[reader];
        if (known.kernel >= 0 && known.kernel != kernel) known.alone = false;
        if (known.kernel < 0 || kernel < known.kernel)
            known.kernel = kernel, known.by_element = by_element;
        else if (known.kernel == kernel)
            known.by_element = known.by_element && by_element;
    };
    for (int id = 0; id < g.size; ++id) {
        if (!needs.member[id]) continue;
        kernels.for_each_source(id, [&](int source, bool in_memory) {
            if (in_memory || !is_loop_kind(g[id])) note(source, id, false);
        });
        if (!is_loop_kind(g[id])) continue;
        const tensor_shape own = space_of(g, id).shape;
        needs.for_each_load(id, [&](int source, const access& a) {
            const space made = space_of(g[source].shape);
            note(source, id, own == made.shape && same_access(a, access_over(own, made)));
        });
    }
    for (int r = 0; r < g.root_count; ++r)
        readers[source_of(g, g.roots[r])].alone = false; // results are kept, and what they show is copied
    return readers;
}

/// Whether a loop needs its rows whole.
constexpr bool needs_whole_rows(graph_view g, const draft_kernel& loop) {
    for (int id : loop.members)
        if (space_of(g, id).shape.rank < loop.space.rank || (g[id].op->kind == op_kind::reduction && combines_rows(g[id], space_of(g, id))))
            return true;
    return false;
}

/// Has loops run over the blocks of a product while those are in the first cache: a bias and an
/// activation, a softmax, an update are computed behind the product whose result they read, which then need
/// not lie in memory.
constexpr void find_drivers(program_graph program, memory_needs& needs, draft_kernels& kernels) {
    const graph_view g = program.graph;
    const list<first_reader> readers = find_first_readers(g, needs, kernels);
    for (int id = 0; id < g.size; ++id) {
        if (g[id].op->kind != op_kind::contraction || !needs.member[id] || readers[id].kernel < 0) continue;
        const tensor_shape& made = g[id].shape;
        draft_kernel& own = kernels.all[kernels.of_node[id]];
        draft_kernel& loop = kernels.all[readers[id].kernel];
        const bool good = loop.kind == kernel_kind::loop && loop.driver < 0 && loop.updates == own.updates && readers[id].by_element &&
                          made.rank == 2 && loop.space == made && space_of(made).shape == made;
        if (!good || (needs_whole_rows(g, loop) && !has_whole_rows(made, program.machine))) continue;
        loop.driver = id;
        own.members = {};
        kernels.of_node[id] = readers[id].kernel;
        needs.memory[id] = !readers[id].alone;
    }
}

} // namespace ctgrad::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/op_info.hpp>

namespace ctgrad {

/// Whether `g` is well formed: inputs come before their uses, each op accepts its inputs and
/// infers what the node says, no node stands twice, and roots exist.
constexpr bool verify(graph_view g) {
    for (int i = 0; i < g.size; ++i) {
        const node& n = g[i];
        const attributes* facts[max_arity]{};
        for (int k = 0; k < n.op->arity; ++k) {
            if (n.inputs[k] < 0 || n.inputs[k] >= i) return false;
            facts[k] = &g[n.inputs[k]];
        }
        const inference inferred = n.op->infer(n, facts);
        if (inferred.found != fault::none || !(inferred.result == static_cast<const attributes&>(n))) return false;
        for (int j = 0; j < i; ++j)
            if (g[j].is_equal(n)) return false;
    }
    for (int r = 0; r < g.root_count; ++r)
        if (g.roots[r] < 0 || g.roots[r] >= g.size) return false;
    return true;
}

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/hash_index.hpp>
#include <ctgrad/graph/linked_node.hpp>

namespace ctgrad {

/// How many nodes an expression has.
constexpr int count_nodes(const linked_node& root) {
    hash_index seen;
    list<const linked_node*> open;
    open.push_back(&root);
    int count = 0;
    while (!open.empty()) {
        const linked_node& next = *open.back();
        open.pop_back();
        if (seen.find(next.hash) >= 0) continue;
        seen.insert(next.hash, count++);
        for (int k = 0; k < next.op->arity; ++k) open.push_back(next.inputs[k]);
    }
    return count;
}

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/extract.hpp>

namespace ctgrad::detail {

/// Copies a graph node by node, for passes that put others in the place of some.
class graph_copy {
public:
    constexpr explicit graph_copy(const draft_graph& from) : place(from.nodes.size()), from_(from) {}

    list<std::int16_t> place; ///< Where what stands for a node is in the copy.

    /// The node with its inputs as they are in the copy.
    constexpr node moved(int id) const {
        node n = from_.nodes[id];
        for (int k = 0; k < n.op->arity; ++k) n.inputs[k] = place[n.inputs[k]];
        return n;
    }
    constexpr std::int16_t add(const node& n) {
        out_.nodes.push_back(n);
        return static_cast<std::int16_t>(out_.nodes.size() - 1);
    }
    constexpr std::int16_t add(const op_info& op, const attributes& a, int first, int second = -1) {
        node n;
        static_cast<attributes&>(n) = a;
        n.op = &op;
        n.inputs[0] = static_cast<std::int16_t>(first);
        n.inputs[1] = static_cast<std::int16_t>(second);
        return add(n);
    }
    constexpr int size() const { return out_.nodes.size(); }

    /// The copy, when all nodes have their place.
    constexpr draft_graph finish() {
        for (const std::int16_t root : from_.roots) out_.roots.push_back(root < 0 ? root : place[root]);
        return static_cast<draft_graph&&>(out_);
    }

private:
    const draft_graph& from_;
    draft_graph out_;
};

} // namespace ctgrad::detail

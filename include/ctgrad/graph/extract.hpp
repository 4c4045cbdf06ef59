// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/builder.hpp>

#include <cstdint>

namespace ctgrad {

/// A graph on its way into a type: nodes, and which of them are the results.
struct draft_graph {
    list<node> nodes;
    list<std::int16_t> roots;

    constexpr graph_view view() const { return {nodes.data(), nodes.size(), roots.data(), roots.size()}; }
};

/// What `roots` need, and nothing else, in an order that depends on the roots alone.
constexpr draft_graph extract(const builder& from, const list<ref>& roots) {
    draft_graph out;
    list<std::int16_t> place(from.size(), -1);
    list<int> open; // a stack of our own: constant evaluation may not recurse deeply
    for (const ref& root : roots) {
        open.push_back(root.id);
        while (!open.empty()) {
            const int id = open[open.size() - 1];
            const node& n = from[id];
            bool ready = true;
            for (int k = n.op->arity - 1; k >= 0 && place[id] < 0; --k)
                if (place[n.inputs[k]] < 0) {
                    open.push_back(n.inputs[k]);
                    ready = false;
                }
            if (!ready) continue;
            open.pop_back();
            if (place[id] >= 0) continue;
            place[id] = static_cast<std::int16_t>(out.nodes.size());
            out.nodes.push_back(n);
            for (int k = 0; k < n.op->arity; ++k) out.nodes[place[id]].inputs[k] = place[n.inputs[k]];
        }
        out.roots.push_back(place[root.id]);
    }
    return out;
}

/// The graph that the empty callable `Make` returns, as a value fit for a type.
template <class Make>
constexpr auto freeze(Make) {
    struct extent {
        int size, roots;
    };
    constexpr extent e = [] {
        const draft_graph draft = Make{}();
        return extent{draft.nodes.size(), draft.roots.size()};
    }();
    const draft_graph draft = Make{}();
    graph<e.size, e.roots> out;
    for (int i = 0; i < e.size; ++i) out.nodes[i] = draft.nodes[i];
    for (int i = 0; i < e.roots; ++i) out.roots[i] = draft.roots[i];
    return out;
}

} // namespace ctgrad

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

namespace detail {

constexpr void visit_inputs_first(const builder& from, int id, list<std::int16_t>& place, draft_graph& out) {
    if (place[id] >= 0) return;
    node n = from[id];
    for (int k = 0; k < n.op->arity; ++k) {
        visit_inputs_first(from, n.inputs[k], place, out);
        n.inputs[k] = place[n.inputs[k]];
    }
    place[id] = static_cast<std::int16_t>(out.nodes.size());
    out.nodes.push_back(n);
}

} // namespace detail

/// What `roots` need, and nothing else, in an order that depends on the roots alone: equal
/// expressions get equal types however they were built.
constexpr draft_graph extract(const builder& from, const list<ref>& roots) {
    draft_graph out;
    list<std::int16_t> place(from.size(), -1);
    for (const ref& root : roots) {
        detail::visit_inputs_first(from, root.id, place, out);
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

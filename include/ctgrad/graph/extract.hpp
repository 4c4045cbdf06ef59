// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/bounded.hpp>
#include <ctgrad/graph/builder.hpp>

#include <cstdint>

namespace ctgrad {

/// A graph on its way into a type: nodes, and which of them are the results.
struct draft_graph {
    list<node> nodes;
    list<std::int16_t> roots;

    constexpr graph_view view() const { return {nodes.data(), nodes.size(), roots.data(), roots.size()}; }
};

/// What `roots` need, and nothing else, in an order that depends on the roots alone. A none among the roots
/// is -1 there too.
constexpr draft_graph extract(const builder& from, const list<ref>& roots) {
    draft_graph out;
    list<std::int16_t> place(from.size(), -1);
    list<int> open; // a stack of our own: constant evaluation may not recurse deeply
    for (const ref& root : roots) {
        if (!root) {
            out.roots.push_back(-1);
            continue;
        }
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

namespace detail {

/// What one evaluation of `Make` leaves behind: the graph, if it has at most `Room` nodes and roots.
template <class Make, int Room>
struct graph_attempt {
    bounded<node, Room> nodes;
    bounded<std::int16_t, Room> roots;

    constexpr explicit graph_attempt(const draft_graph& draft) : nodes(draft.nodes), roots(draft.roots) {}
    constexpr int larger() const { return nodes.size > roots.size ? nodes.size : roots.size; }
};
template <class Make, int Room>
inline constexpr graph_attempt<Make, Room> attempted_graph{Make{}()};

} // namespace detail

/// How many nodes the graph of `Make` will have, about: what `Make` says.
template <class Make>
inline constexpr int expected_size = [] {
    if constexpr (requires { Make::expected_size; })
        return Make::expected_size;
    else
        return 4;
}();

/// The graph that the empty callable `Make` returns, as a value fit for a type. `Make` is evaluated once if
/// the graph has at most `Expected` nodes, else a second time with the room that it needs.
template <class Make, int Expected = expected_size<Make>>
constexpr auto freeze(Make = {}) {
    constexpr const auto& made = detail::attempted_graph<Make, Expected>;
    if constexpr (made.larger() > Expected)
        return freeze<Make, made.larger()>();
    else {
        graph<made.nodes.size, made.roots.size> out;
        made.nodes.copy_to(out.nodes);
        made.roots.copy_to(out.roots);
        return out;
    }
}

} // namespace ctgrad

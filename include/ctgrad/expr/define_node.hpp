// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/graph/extract.hpp>

#include <cstdint>
#include <initializer_list>

namespace ctgrad::detail {

/// The way from a hash to the node that has it. Each `define_node` adds one overload; two nodes of
/// one hash would be a redefinition, which the compiler reports.
template <std::uint64_t Hash>
struct node_key {
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-template-friend"
#endif
    friend constexpr const linked_node& node_of(node_key);
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
};

/// A node as a template argument: what distinguishes it, its inputs by their hashes.
struct node_content : attributes {
    const op_info* op = nullptr;
    std::uint64_t inputs[max_arity]{};
};

constexpr node_content content_of(const op_info& op, const attributes& a, std::initializer_list<std::uint64_t> inputs = {}) {
    node_content c;
    static_cast<attributes&>(c) = a;
    for (int i = 0; i < max_rank; ++i) c.numbers[i] = a.numbers[i]; // one by one: for g++ 12 a 0 never written is not one written
    c.op = &op;
    int k = 0;
    for (std::uint64_t input : inputs) c.inputs[k++] = input;
    return c;
}

constexpr node_content content_of(graph_view g, int id) {
    node_content c = content_of(*g[id].op, g[id]);
    for (int k = 0; k < g[id].op->arity; ++k) c.inputs[k] = g[g[id].inputs[k]].hash;
    return c;
}

/// The inputs of a node.
struct input_list {
    const linked_node* nodes[max_arity]{};
    int count = 0;

    /// How many leaves they have, counted for each input.
    constexpr int leaf_bound() const {
        int bound = 0;
        for (int k = 0; k < count; ++k) bound += nodes[k]->leaf_count();
        return bound;
    }
};

/// The leaves of some nodes, each once, by first use; without those that a node above them binds.
template <int Bound>
struct leaf_list {
    counted<const linked_node*, Bound> leaves{};
    int count = 0;

    constexpr leaf_list(const input_list& of, const node_content& above) {
        for (int k = 0; k < of.count; ++k)
            for (int i = 0; i < of.nodes[k]->leaf_count(); ++i) add(of.nodes[k]->leaf(i), above);
    }

private:
    constexpr void add(const linked_node& leaf, const node_content& above) {
        if (leaf.op->is_bound && above.op->kind == op_kind::scan && leaf.bits == above.bits) return;
        for (int i = 0; i < count; ++i)
            if (leaves[i]->hash == leaf.hash) return;
        leaves[count++] = &leaf;
    }
};

/// The node of that hash, if it is not 0.
template <std::uint64_t Hash>
constexpr const linked_node* node_or_none() {
    if constexpr (Hash == 0)
        return nullptr;
    else
        return &node_of(node_key<Hash>{});
}

/// Puts a node with `Content` into static storage, where `node_of(node_key<hash>)` finds it.
template <node_content Content>
struct define_node {
    static constexpr std::uint64_t hash = hash_of(Content, *Content.op, Content.inputs);
    friend constexpr const linked_node& node_of(node_key<hash>) { return value; }

private:
    static constexpr input_list inputs{
        {node_or_none<Content.inputs[0]>(), node_or_none<Content.inputs[1]>(), node_or_none<Content.inputs[2]>()}, Content.op->arity};
    static constexpr leaf_list<inputs.leaf_bound()> leaves{inputs, Content};
    static constexpr linked_node value{Content,       Content.op,  hash, {inputs.nodes[0], inputs.nodes[1], inputs.nodes[2]},
                                       leaves.leaves, leaves.count};
};

/// The graph of the node of that hash.
template <std::uint64_t Hash>
inline constexpr auto flat_graph = freeze([] {
    builder made;
    list<ref> roots;
    roots.push_back(made.import(node_of(node_key<Hash>{})));
    return extract(made, roots);
});

} // namespace ctgrad::detail

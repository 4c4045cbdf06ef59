// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/graph/extract.hpp>

#include <cstdint>

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

constexpr node_content content_of(const op_info& op, const attributes& a) {
    node_content c;
    static_cast<attributes&>(c) = a;
    c.op = &op;
    return c;
}

constexpr void add_leaf(list<const linked_node*>& leaves, const linked_node& leaf) {
    for (const linked_node* known : leaves)
        if (known->hash == leaf.hash) return;
    leaves.push_back(&leaf);
}

/// The leaves of some nodes, each once, by first use.
constexpr list<const linked_node*> merged_leaves(const linked_node* const* inputs, int count) {
    list<const linked_node*> leaves;
    for (int k = 0; k < count; ++k)
        for (int i = 0; i < inputs[k]->leaf_count(); ++i)
            add_leaf(leaves, inputs[k]->leaf(i));
    return leaves;
}

/// Puts a node with `Content` into static storage, where `node_of(node_key<hash>)` finds it.
template <node_content Content>
struct define_node {
    static constexpr std::uint64_t hash = hash_of(Content, *Content.op, Content.inputs);
    friend constexpr const linked_node& node_of(node_key<hash>) { return value; }

private:
    static constexpr int arity = Content.op->arity;

    struct input_list {
        const linked_node* nodes[max_arity]{};
    };
    static constexpr input_list inputs = [] {
        input_list in;
        if constexpr (arity > 0) in.nodes[0] = &node_of(node_key<Content.inputs[0]>{});
        if constexpr (arity > 1) in.nodes[1] = &node_of(node_key<Content.inputs[1]>{});
        if constexpr (arity > 2) in.nodes[2] = &node_of(node_key<Content.inputs[2]>{});
        return in;
    }();

    static constexpr int leaf_count = merged_leaves(inputs.nodes, arity).size();
    struct leaf_list {
        counted<const linked_node*, leaf_count> nodes{};
    };
    static constexpr leaf_list leaves = [] {
        leaf_list out;
        const list<const linked_node*> merged = merged_leaves(inputs.nodes, arity);
        for (int i = 0; i < leaf_count; ++i) out.nodes[i] = merged[i];
        return out;
    }();

    static constexpr linked_node value{
        Content, Content.op, hash, {inputs.nodes[0], inputs.nodes[1], inputs.nodes[2]}, leaves.nodes, leaf_count};
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

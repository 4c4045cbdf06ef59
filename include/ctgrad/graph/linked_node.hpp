// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/op_info.hpp>

#include <cstdint>

namespace ctgrad {

/// The hash of a node, of its op, its attributes and the hashes of its inputs. It finds equal nodes and names types;
/// whether nodes are equal their contents decide.
constexpr std::uint64_t hash_of(const attributes& a, const op_info& op, const std::uint64_t* inputs) {
    std::uint64_t h = hash_combine(op.hash, static_cast<std::uint64_t>(a.type));
    for (int i = 0; i < max_rank; ++i) // a number and its place side by side: no two pairs have one sum
        if (a.numbers[i] != 0) h = hash_combine(h, static_cast<std::uint64_t>(i + 1) << 32 | static_cast<std::uint32_t>(a.numbers[i]));
    h = hash_combine(h, a.bits);
    h = hash_combine(h, a.shape.hash());
    if (op.is_named()) h = hash_combine(h, a.name->hash);
    for (int k = 0; k < op.arity; ++k) h = hash_combine(h, inputs[k]);
    return h;
}

/// A node of an expression: a constant in static storage that points to its inputs. Expressions
/// share nodes, so applying an op costs one node whatever the size of its operands; passes copy
/// what they need into a `builder`.
struct linked_node : attributes {
    const op_info* op = nullptr;
    std::uint64_t hash = 0;
    const linked_node* inputs[max_arity]{};
    const linked_node* const* leaf_list = nullptr; ///< Of an inner node: its leaves, by first use.
    int leaf_list_size = 0;

    /// All leaves that the node depends on; of a leaf itself.
    constexpr int leaf_count() const { return op->kind == op_kind::leaf ? 1 : leaf_list_size; }
    constexpr const linked_node& leaf(int i) const { return op->kind == op_kind::leaf ? *this : *leaf_list[i]; }
};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/list.hpp>
#include <ctgrad/graph/op_info.hpp>
#include <ctgrad/graph/ref.hpp>

namespace ctgrad {

/// Gives an equal node for a draft, or none; consulted before a node is added.
using rewriter = ref (*)(builder&, const node& draft);

/// Collects nodes in topological order; equal nodes become one.
class builder {
public:
    constexpr explicit builder(rewriter rewrite = nullptr) : rewrite_(rewrite) { table_ = list<int>(64, -1); }

    /// Adds `op` applied to `inputs`, which already have the shapes that the op needs.
    /// Wrong shapes or dtypes end constant evaluation: callers have checked them.
    constexpr ref add(const op_info& op, const attributes& asked, const ref* inputs) {
        const attributes* facts[max_arity]{};
        node draft;
        for (int i = 0; i < op.arity; ++i) {
            facts[i] = &nodes_[inputs[i].id];
            draft.inputs[i] = static_cast<std::int16_t>(inputs[i].id);
        }
        const inference inferred = op.infer(asked, facts);
        if (inferred.found != verdict::holds) throw inferred.found;
        static_cast<attributes&>(draft) = inferred.result;
        draft.op = &op;
        if (rewrite_)
            if (ref better = rewrite_(*this, draft)) return better;
        return intern(draft);
    }

    /// Copies all nodes of `other` in; `ids[i]` is then where its node i is found here.
    constexpr list<int> import(graph_view other) {
        list<int> ids(other.size, -1);
        for (int i = 0; i < other.size; ++i) {
            node n = other[i];
            if (rewrite_ && n.op->arity > 0) {
                ref inputs[max_arity];
                for (int k = 0; k < n.op->arity; ++k) inputs[k] = {this, ids[n.inputs[k]]};
                ids[i] = add(*n.op, n, inputs).id;
            } else {
                for (int k = 0; k < n.op->arity; ++k) n.inputs[k] = static_cast<std::int16_t>(ids[n.inputs[k]]);
                ids[i] = intern(n).id;
            }
        }
        return ids;
    }

    /// Adds the node as it is, or finds the equal one.
    constexpr ref intern(node n) {
        n.hash = hash_of(n);
        int slot = find(n);
        if (table_[slot] >= 0) return {this, table_[slot]};
        if (2 * (nodes_.size() + 1) > table_.size()) {
            rehash();
            slot = find(n);
        }
        table_[slot] = nodes_.size();
        nodes_.push_back(n);
        return {this, nodes_.size() - 1};
    }

    constexpr int size() const { return nodes_.size(); }
    constexpr const node& operator[](int id) const { return nodes_[id]; }
    constexpr const node* data() const { return nodes_.data(); }

private:
    constexpr std::uint64_t hash_of(const node& n) const {
        std::uint64_t h = hash_combine(n.op->hash, static_cast<std::uint64_t>(n.type));
        std::uint64_t numbers = n.bits;
        for (int i = 0; i < max_rank; ++i)
            if (n.numbers[i]) numbers = hash_combine(numbers + static_cast<std::uint64_t>(i), static_cast<std::uint64_t>(n.numbers[i]));
        h = hash_combine(h, numbers);
        h = hash_combine(h, n.shape.hash());
        if (n.name) h = hash_combine(h, n.name->hash);
        for (int i = 0; i < n.op->arity; ++i) h = hash_combine(h, nodes_[n.inputs[i]].hash);
        return h;
    }
    constexpr int find(const node& n) const {
        const int mask = table_.size() - 1;
        int slot = static_cast<int>(n.hash & static_cast<std::uint64_t>(mask));
        while (table_[slot] >= 0 && nodes_[table_[slot]].hash != n.hash) slot = (slot + 1) & mask;
        return slot;
    }
    constexpr void rehash() {
        table_ = list<int>(2 * table_.size(), -1);
        for (int id = 0; id < nodes_.size(); ++id) table_[find(nodes_[id])] = id;
    }

    list<node> nodes_;
    list<int> table_; ///< Open addressing by hash: node id, or -1.
    rewriter rewrite_;
};

constexpr const node& ref::operator*() const { return (*graph)[id]; }
constexpr const node* ref::operator->() const { return &(*graph)[id]; }
constexpr ref ref::input(int i) const { return {graph, (*graph)[id].inputs[i]}; }
constexpr tensor_shape ref::shape() const { return (*graph)[id].shape; }

} // namespace ctgrad

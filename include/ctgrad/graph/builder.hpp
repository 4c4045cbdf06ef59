// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>
#include <ctgrad/core/hash_index.hpp>
#include <ctgrad/core/list.hpp>
#include <ctgrad/graph/linked_node.hpp>
#include <ctgrad/graph/ref.hpp>

namespace ctgrad {

/// Gives an equal node for a draft, or none; consulted before a node is added.
using rewriter = ref (*)(builder&, const node& draft);

/// Finds nodes: `hash_of`, but in tests of what a weak one does.
using node_hash = std::uint64_t (*)(const attributes&, const op_info&, const std::uint64_t* inputs);

/// Collects nodes in topological order; nodes of equal contents become one.
class builder {
public:
    constexpr builder() = default;
    constexpr explicit builder(rewriter rewrite) : rewrites_(true), rewrite_(rewrite) {}
    constexpr explicit builder(node_hash hash) : hash_(hash) {}

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
        if (inferred.found != fault::none) not_a_constant("an op was applied to inputs that it does not take");
        static_cast<attributes&>(draft) = inferred.result;
        draft.op = &op;
        if (rewrites_)
            if (ref better = rewrite_(*this, draft)) return better;
        return intern(draft);
    }

    /// Copies an expression in, inputs first. Of linked nodes there is one of a hash: another's definition would not compile.
    /// @param as_it_is whether it is simplified already.
    constexpr ref import(const linked_node& root, bool as_it_is = false) {
        list<const linked_node*> open; // a stack of our own: constant evaluation may not recurse deeply
        open.push_back(&root);
        while (!open.empty()) {
            const linked_node& next = *open[open.size() - 1];
            if (imported_.find(next.hash) >= 0) {
                open.pop_back();
                continue;
            }
            bool ready = true;
            for (int k = next.op->arity - 1; k >= 0; --k)
                if (imported_.find(next.inputs[k]->hash) < 0) {
                    open.push_back(next.inputs[k]);
                    ready = false;
                }
            if (!ready) continue;
            ref inputs[max_arity];
            for (int k = 0; k < next.op->arity; ++k) inputs[k] = {this, imported_.find(next.inputs[k]->hash)};
            imported_.insert(next.hash, (as_it_is ? copied(next, inputs) : add(*next.op, next, inputs)).id);
            open.pop_back();
        }
        return {this, imported_.find(root.hash)};
    }

    /// Adds the node as it is, or finds the equal one.
    constexpr ref intern(node n) {
        std::uint64_t inputs[max_arity]{};
        for (int k = 0; k < n.op->arity; ++k) inputs[k] = nodes_[n.inputs[k]].hash;
        n.hash = hash_(n, *n.op, inputs);
        const auto is_equal = [&](int id) { return nodes_[id].is_equal(n); };
        if (const int known = index_.find(n.hash, is_equal); known >= 0) return {this, known};
        index_.insert(n.hash, nodes_.size());
        nodes_.push_back(n);
        return {this, nodes_.size() - 1};
    }

    constexpr int size() const { return nodes_.size(); }
    constexpr const node& operator[](int id) const { return nodes_[id]; }
    constexpr const node* data() const { return nodes_.data(); }

private:
    constexpr ref copied(const linked_node& from, const ref* inputs) {
        node n;
        static_cast<attributes&>(n) = from;
        n.op = from.op;
        for (int k = 0; k < from.op->arity; ++k) n.inputs[k] = static_cast<std::int16_t>(inputs[k].id);
        return intern(n);
    }

    list<node> nodes_;
    hash_index index_;    ///< The nodes by hash.
    hash_index imported_; ///< What became of imported nodes, by the hash they had there.
    bool rewrites_ = false;
    rewriter rewrite_ = nullptr;
    node_hash hash_ = &hash_of;
};

constexpr const node& ref::operator*() const { return (*graph)[id]; }
constexpr const node* ref::operator->() const { return &(*graph)[id]; }
constexpr ref ref::input(int i) const { return {graph, (*graph)[id].inputs[i]}; }
constexpr tensor_shape ref::shape() const { return (*graph)[id].shape; }

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/plan.hpp>

namespace ctgrad::detail {

/// Who computes what in a plan, and who needs it.
template <class Plan>
class dataflow {
public:
    constexpr dataflow(graph_view g, const Plan& plan, int kernels) : kernel_of(g.size, -1), g_(g), plan_(plan), seen_by_(g.size, 0) {
        for (int s = 0; s < kernels; ++s) for_each_computed(s, [&](int id) { kernel_of[id] = s; });
    }

    list<int> kernel_of; ///< The kernel that computes a node; -1: a leaf, a view, or part of what reads it.

    /// Calls `visit(node)` for what kernel `s` computes.
    template <class Visit>
    constexpr void for_each_computed(int s, Visit visit) const {
        const kernel& self = plan_.kernels[s];
        bool listed = false;
        for (int i = 0; i < self.members; ++i) {
            const int id = plan_.members[self.first + i];
            listed = listed || id == self.node;
            visit(id);
        }
        if (!listed && !only_moves(self)) visit(self.node);
        if (self.driver >= 0) visit(self.driver);
        if (self.kind == kernel_kind::scan)
            for (int id = self.node; id < g_.size; ++id)
                if (g_[id].op->kind == op_kind::element && g_[id].inputs[0] == self.node) visit(id);
    }

    /// Calls `visit(source, reader)` for each leaf or computed node that a node of kernel `s` reads, or that the
    /// copy `s` moves. Views, reshapes and what is part of the reader are seen through.
    template <class Visit>
    constexpr void for_each_source(int s, Visit visit) {
        const int copied = plan_.kernels[s].node;
        if (only_moves(plan_.kernels[s])) {
            open_.push_back(copied);
            reach(copied, visit);
        }
        for_each_computed(s, [&](int id) {
            open_inputs(id);
            reach(id, visit);
        });
    }

private:
    /// Whether a kernel only copies what lies elsewhere.
    constexpr bool only_moves(const kernel& s) const { return s.kind == kernel_kind::copy && !(plan_.places[s.node] == s.to); }

    constexpr void open_inputs(int id) {
        for (int k = g_[id].op->arity - 1; k >= 0; --k) open_.push_back(g_[id].inputs[k]);
    }
    /// Visits the sources of `reader` that are behind the open nodes. (No recursion: its depth is limited.)
    template <class Visit>
    constexpr void reach(int reader, Visit& visit) {
        ++readers_;
        while (!open_.empty()) {
            const int id = open_[open_.size() - 1];
            open_.pop_back();
            if (seen_by_[id] == readers_) continue;
            seen_by_[id] = readers_;
            if (kernel_of[id] >= 0 || g_[id].op->kind == op_kind::leaf)
                visit(id, reader);
            else
                open_inputs(id);
        }
    }

    graph_view g_;
    const Plan& plan_;
    list<int> seen_by_; ///< The last reader, counted, for which a node was reached.
    int readers_ = 0;
    list<int> open_;
};

} // namespace ctgrad::detail

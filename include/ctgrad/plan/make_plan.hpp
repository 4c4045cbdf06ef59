// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/plan.hpp>

namespace ctgrad {

namespace detail {

/// Whether a loop can make the node's elements on the spot, without memory.
constexpr bool is_generated(const node& n) {
    return n.op->kind == op_kind::constant || n.op->kind == op_kind::size || n.op->kind == op_kind::coordinate;
}

/// Works out a plan; `run` is its table of contents.
class planner {
public:
    constexpr explicit planner(program_graph program)
        : program_(program), g_(program.graph), stored_(g_.size, false), owner_(g_.size, -1) {}

    constexpr draft_plan run() {
        for (int id = 0; id < g_.size; ++id) out_.dimensions.add(g_[id].shape);
        choose_stored();
        place_nodes();
        order_steps();
        return static_cast<draft_plan&&>(out_);
    }

private:
    /// Asks that the elements of `id` can be read in memory, perhaps with strides.
    constexpr void demand_memory(int id) {
        const node& n = g_[id];
        if (n.op->kind == op_kind::view && !stored_[id])
            demand_memory(n.inputs[0]);
        else if (n.op->kind != op_kind::leaf && n.op->kind != op_kind::reshape)
            stored_[id] = true;
    }

    /// Asks that a loop can read `id`; what is generated or inlined needs no memory.
    constexpr void demand_for_loop(int id) {
        int source = id;
        while (g_[source].op->kind == op_kind::view) source = g_[source].inputs[0];
        if (source != id && !is_generated(g_[source])) demand_memory(source);
    }

    constexpr void choose_stored() {
        for (int r = 0; r < program_.results(); ++r) {
            const int id = g_.roots[r];
            const op_kind kind = g_[id].op->kind;
            if (kind == op_kind::elementwise) stored_[id] = true;
            if (kind == op_kind::view) demand_for_loop(id);
        }
        for (int id = g_.size - 1; id >= 0; --id) {
            const node& n = g_[id];
            switch (n.op->kind) {
            case op_kind::contraction:
            case op_kind::general:
                stored_[id] = true;
                for (int k = 0; k < n.op->arity; ++k) demand_memory(n.inputs[k]);
                break;
            case op_kind::reshape:
                if (g_[n.inputs[0]].op->kind == op_kind::view) stored_[n.inputs[0]] = true;
                demand_memory(n.inputs[0]);
                break;
            case op_kind::reduction: stored_[id] = true; [[fallthrough]];
            case op_kind::elementwise:
                for (int k = 0; k < n.op->arity; ++k) demand_for_loop(n.inputs[k]);
                join_loop(id);
                break;
            case op_kind::view:
                if (stored_[id]) demand_for_loop(id);
                break;
            default: break;
            }
        }
    }

    /// Decides in which loop node `id` is computed (its consumers have decided), and passes that on.
    constexpr void join_loop(int id) {
        const int loop = stored_[id] || owner_[id] == several ? id : owner_[id];
        if (loop == id) stored_[id] = true;
        for (int k = 0; k < g_[id].op->arity; ++k) {
            int& owner = owner_[g_[id].inputs[k]];
            owner = owner == -1 || owner == loop ? loop : several;
        }
    }

    constexpr location new_slot(const node& n) {
        out_.slots.push_back({ctgrad::size_of(n.shape, out_.dimensions), n.type});
        return {place::workspace, static_cast<std::int16_t>(out_.slots.size() - 1)};
    }

    constexpr void place_nodes() {
        out_.places = list<location>(g_.size);
        for (int id = 0; id < g_.size; ++id) {
            location& at = out_.places[id];
            if (g_[id].op->kind == op_kind::leaf) {
                at = {place::leaf, static_cast<std::int16_t>(out_.leaves.size())};
                out_.leaves.push_back(static_cast<std::int16_t>(id));
            } else if (g_[id].op->kind == op_kind::reshape)
                at = out_.places[g_[id].inputs[0]];
            else if (stored_[id]) {
                at = result_for(id);
                if (at.where == place::nowhere) at = new_slot(g_[id]);
            }
        }
    }

    /// The memory of a result that node `id` can be computed in, if it is one and that is safe.
    constexpr location result_for(int id) const {
        for (int r = 0; r < program_.results(); ++r)
            if (g_.roots[r] == id && (r < program_.outputs || updates_in_place(r)))
                return {place::result, static_cast<std::int16_t>(r)};
        return {};
    }

    /// Whether update `r` may overwrite its variable while it is computed: it reads it element by
    /// element, and no other update reads it.
    constexpr bool updates_in_place(int r) const {
        const int variable = program_.target_of(r);
        for (int other = program_.outputs; other < program_.results(); ++other) {
            if (other == r) {
                if (g_[g_.roots[r]].op->kind != op_kind::elementwise || reads(g_.roots[r], variable, false)) return false;
            } else if (reads(g_.roots[other], variable, true) || g_.roots[other] == g_.roots[r])
                return false;
        }
        return true;
    }

    /// Whether the loop that computes `id` reads leaf `variable`: in any way, or only other than
    /// element by element.
    constexpr bool reads(int id, int variable, bool in_any_way) const {
        const node& n = g_[id];
        for (int k = 0; k < n.op->arity; ++k) {
            int x = n.inputs[k];
            if (x == variable) {
                if (in_any_way || n.op->kind != op_kind::elementwise) return true;
                continue;
            }
            if (g_[x].op->kind == op_kind::elementwise && !stored_[x]) {
                if (reads(x, variable, in_any_way)) return true;
                continue;
            }
            while (g_[x].op->kind == op_kind::view || g_[x].op->kind == op_kind::reshape) x = g_[x].inputs[0];
            if (x == variable) return true;
        }
        return false;
    }

    constexpr void order_steps() {
        list<step> updates;
        for (int id = 0; id < g_.size; ++id) {
            if (!stored_[id]) continue;
            const op_kind kind = g_[id].op->kind;
            const step s{kind == op_kind::contraction ? step_kind::contraction
                         : kind == op_kind::general   ? step_kind::general
                         : kind == op_kind::elementwise || kind == op_kind::reduction ? step_kind::loop
                                                                                      : step_kind::copy,
                         static_cast<std::int16_t>(id), out_.places[id]};
            const bool update = s.to.where == place::result && s.to.index >= program_.outputs;
            (update ? updates : out_.steps).push_back(s);
        }
        // A result that no step leaves in its place is copied there: outputs before variables change.
        for (int r = 0; r < program_.results(); ++r) {
            const location to{place::result, static_cast<std::int16_t>(r)};
            if (out_.places[g_.roots[r]] == to && g_[g_.roots[r]].op->kind != op_kind::reshape) continue;
            const step copy{step_kind::copy, g_.roots[r], to};
            (r < program_.outputs ? out_.steps : updates).push_back(copy);
        }
        for (const step& s : updates) out_.steps.push_back(s);
    }

    static constexpr int several = -2;

    program_graph program_;
    graph_view g_;
    draft_plan out_;
    list<bool> stored_;
    list<int> owner_; ///< The loop that needs the node: -1 none yet, or several.
};

} // namespace detail

/// Plans a program.
constexpr draft_plan make_plan(program_graph program) { return detail::planner(program).run(); }

} // namespace ctgrad

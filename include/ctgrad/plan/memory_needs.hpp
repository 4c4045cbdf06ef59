// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/scans.hpp>
#include <ctgrad/plan/parts.hpp>
#include <ctgrad/plan/plan.hpp>
#include <ctgrad/plan/space.hpp>

namespace ctgrad::detail {

/// Whether a loop can make the node's elements on the spot, without memory.
constexpr bool is_generated(const node& n) {
    return n.op->kind == op_kind::constant || n.op->kind == op_kind::size || n.op->kind == op_kind::coordinate;
}

constexpr bool is_loop_kind(const node& n) { return n.op->kind == op_kind::elementwise || n.op->kind == op_kind::reduction; }

/// Decides which nodes a kernel computes (`member`: the others are views, generated, or inlined where
/// one loop alone uses them) and which must then lie in memory.
class memory_needs {
public:
    constexpr explicit memory_needs(program_graph program)
        : member(program.graph.size), memory(program.graph.size), part_of(find_parts(program.graph)), program_(program), g_(program.graph),
          owner_(program.graph.size, nobody) {}

    list<bool> member;
    list<bool> memory;
    list<int> part_of; ///< The node in whose memory a node is computed, as one of the parts that lie there side by side; or -1.

    /// Whether nothing is left to compute of `id` when its inputs are: they are its parts.
    constexpr bool is_made_of_parts(int id) const { return g_[id].op->joins && part_of[g_[id].inputs[0]] == id; }

    constexpr void choose() {
        for (int r = 0; r < program_.results(); ++r) {
            const int id = g_.roots[r];
            if (is_loop_kind(g_[id])) store(id);
            if (g_[id].op->kind == op_kind::view) demand_copied(id);
        }
        for (int id = g_.size - 1; id >= 0; --id) {
            const node& n = g_[id];
            switch (n.op->kind) {
            case op_kind::contraction:
            case op_kind::general:
                store(id);
                for (int k = 0; k < n.op->arity; ++k) is_made_of_parts(id) ? store(n.inputs[k]) : demand_memory(n.inputs[k]);
                break;
            case op_kind::scan:
                member[id] = true;
                for (int x : unpacked(g_, n.inputs[0], n.numbers[5])) demand_rows(x);
                break;
            case op_kind::element: store(id); break;
            case op_kind::reshape:
                if (g_[n.inputs[0]].op->kind == op_kind::view) store(n.inputs[0]);
                demand_memory(n.inputs[0]);
                break;
            case op_kind::reduction: member[id] = true; [[fallthrough]];
            case op_kind::elementwise:
                for (int k = 0; k < n.op->arity; ++k) demand_for_loop(n.inputs[k]);
                join_loop(id);
                break;
            case op_kind::view:
                if (memory[id]) part_of[id] >= 0 ? demand_for_loop(id) : demand_copied(id);
                break;
            default: break;
            }
        }
        find_loads();
    }

    /// Whether a loop computes member `id`: values, and views that are copied beside others.
    constexpr bool runs_in_loop(int id) const { return is_loop_kind(g_[id]) || (g_[id].op->kind == op_kind::view && part_of[id] >= 0); }

    /// Calls `visit(source, access)` for what the loop of member `id` reads over its own space: leaves,
    /// members of other loops or of this one, reshapes. What is generated is left out. A result need not be a member.
    template <class Visit>
    constexpr void for_each_load(int id, Visit visit) const {
        for (int i = first_load_[id]; i < first_load_[id + 1]; ++i) visit(loads_[i].source, loads_[i].by);
    }

private:
    constexpr void store(int id) { member[id] = memory[id] = true; }

    /// Asks that the elements of `id` can be read in memory, perhaps with strides.
    constexpr void demand_memory(int id) {
        const node& n = g_[id];
        if (n.op->kind == op_kind::view && !memory[id])
            demand_memory(n.inputs[0]);
        else if (n.op->kind != op_kind::leaf && n.op->kind != op_kind::reshape)
            store(id);
    }

    /// Asks that the elements of `id` lie in memory as its shape says.
    constexpr void demand_rows(int id) {
        if (g_[id].op->kind != op_kind::leaf && g_[id].op->kind != op_kind::reshape) store(id);
    }

    /// Asks that a kernel of its own can copy view `id`.
    constexpr void demand_copied(int id) {
        const int source = behind_views(g_, id);
        if (!is_generated(g_[source])) demand_memory(source);
    }

    /// Asks that a loop can read `id`: what a view shows must be a member; the rest can be inlined.
    constexpr void demand_for_loop(int id) {
        const int source = behind_views(g_, id);
        if (source == id || is_generated(g_[source])) return;
        if (is_loop_kind(g_[source]))
            member[source] = true; // whether it needs memory, its loops decide
        else
            demand_memory(source);
    }

    /// Decides in which loop node `id` is computed (its consumers have decided), and passes that on.
    constexpr void join_loop(int id) {
        if (!member[id] && owner_[id] == several && is_cheaper_repeated(id)) return;
        const int loop = member[id] || owner_[id] == several ? id : owner_[id];
        if (loop == id) member[id] = true;
        for (int k = 0; k < g_[id].op->arity; ++k) {
            int& owner = owner_[g_[id].inputs[k]];
            owner = owner == nobody || owner == loop ? loop : several;
        }
    }

    /// Whether several loops had better compute `id` again than one stores it and the others load it: it takes
    /// few operations on at most two tensors of data, and numbers.
    constexpr bool is_cheaper_repeated(int id) const {
        int operations = 0, loads = 0;
        list<int> open;
        open.push_back(id);
        while (!open.empty()) {
            const node& n = g_[open.back()];
            open.pop_back();
            operations += n.op->flops;
            for (int k = 0; k < n.op->arity; ++k) {
                const int x = behind_views(g_, n.inputs[k]);
                if (is_generated(g_[x]) || space_of(g_[x].shape).shape.rank == 0) continue;
                if (g_[x].op->kind == op_kind::leaf)
                    loads += g_[x].shape.rank == g_[id].shape.rank;
                else if (x == n.inputs[k] && g_[x].op->kind == op_kind::elementwise && !member[x])
                    open.push_back(x);
                else
                    return false;
            }
            if (operations > program_.machine.repeated_operations || loads > program_.machine.repeated_loads) return false;
        }
        return true;
    }

    constexpr void find_loads() {
        list<bool> wanted = member;
        for (int r = 0; r < program_.results(); ++r) wanted[g_.roots[r]] = true;
        list<int> seen_for(g_.size, nobody); // the last node whose loads led here
        for (int id = 0; id < g_.size; ++id) {
            first_load_.push_back(loads_.size());
            if (wanted[id] && g_[id].op->kind < op_kind::pack) add_loads(id, seen_for);
        }
        first_load_.push_back(loads_.size());
    }

    constexpr void add_loads(int id, list<int>& seen_for) {
        const space own = space_of(g_, id);
        list<int> open; // a stack of our own: constant evaluation may not recurse deeply
        open.push_back(id);
        while (!open.empty()) {
            const node& reader = g_[open.back()];
            open.pop_back();
            for (int k = 0; k < reader.op->arity; ++k) {
                int x = reader.inputs[k];
                if (seen_for[x] == id) continue;
                seen_for[x] = id;
                if (g_[x].op->kind == op_kind::elementwise && !member[x]) {
                    open.push_back(x);
                    continue;
                }
                access by = access_over(own.shape, own);
                if (reader.op->kind == op_kind::view) reader.op->map_axes(reader, by);
                while (g_[x].op->kind == op_kind::view && !memory[x]) {
                    g_[x].op->map_axes(g_[x], by);
                    x = g_[x].inputs[0];
                }
                if (!is_generated(g_[x])) loads_.push_back({x, by});
            }
        }
    }

    struct load {
        int source = nobody;
        access by;
    };

    static constexpr int nobody = -1;
    static constexpr int several = -2;

    program_graph program_;
    graph_view g_;
    list<int> owner_; ///< The loop that needs the node.
    list<load> loads_;
    list<int> first_load_; ///< Of each node among them; behind the last node their number.
};

} // namespace ctgrad::detail

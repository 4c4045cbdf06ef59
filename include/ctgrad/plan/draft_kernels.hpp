// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/memory_needs.hpp>
#include <ctgrad/plan/update_side.hpp>

namespace ctgrad::detail {

/// What one kernel computes. The members of a loop have its space, or one element for each of its rows.
struct draft_kernel {
    kernel_kind kind = kernel_kind::loop;
    tensor_shape space{};
    bool strided = false; ///< Some load does not move by one or none along the last axis.
    bool updates = false; ///< Computed when nothing but updates is left to compute.
    int driver = -1;      ///< The product whose blocks a loop runs over while they are made, if there is one.
    list<int> members;
};

/// Puts members into as few loops as the order of computation allows: what has the same space, and
/// what has one element a row, shares a loop, and hands its values on in registers.
class draft_kernels {
public:
    constexpr draft_kernels(program_graph program, memory_needs& needs)
        : of_node(program.graph.size, -1), g_(program.graph), machine_(program.machine), needs_(needs),
          updates_only_(update_side(program)) {
        for (int id = 0; id < g_.size; ++id) waits_ = waits_ || (g_[id].op->kind == op_kind::view && g_[id].op->arity == 2);
    }

    list<draft_kernel> all;
    list<int> of_node; ///< By node; -1 for what no kernel computes.

    constexpr void form() {
        const list<list<int>> levels = members_by_level();
        for (bool updates : {false, true})
            for (const list<int>& level : levels)
                for (bool small_ones : {true, false}) // a number for a whole loop should be there before the loop
                    for (int id : level) {
                        if (updates_only_[id] != updates || of_node[id] >= 0) continue;
                        if (g_[id].op->kind == op_kind::element) {
                            of_node[id] = of_node[g_[id].inputs[0]];
                            continue;
                        }
                        if (small_ones && (space_of(g_, id).shape.rank > 0 || !is_ready(id))) continue;
                        if (needs_.runs_in_loop(id))
                            place_in_loop(id);
                        else
                            add_kernel(id, kernel_of(g_[id]), space_of(g_[id].shape).shape);
                    }
        for (int id = 0; id < g_.size; ++id) {
            if (!needs_.member[id] || !needs_.runs_in_loop(id)) continue;
            if (g_[id].op->kind == op_kind::reduction && !combines_rows(g_[id], space_of(g_, id))) needs_.memory[id] = true;
            needs_.for_each_load(id, [&](int source, const access&) {
                if (needs_.member[source] && of_node[source] != of_node[id]) needs_.memory[source] = true;
            });
        }
    }

    /// Calls `visit(source, in_memory)` for the members that member `id` reads, directly or where they lie.
    template <class Visit>
    constexpr void for_each_source(int id, Visit visit) const {
        auto settle = [&](int source) {
            bool in_memory = false;
            while (g_[source].op->kind == op_kind::reshape || (g_[source].op->kind == op_kind::view && !needs_.memory[source])) {
                in_memory = true;
                source = g_[source].inputs[0];
            }
            if (needs_.member[source]) visit(source, in_memory);
        };
        if (needs_.runs_in_loop(id))
            needs_.for_each_load(id, [&](int source, const access&) { settle(source); });
        else if (g_[id].op->kind == op_kind::scan)
            for (int x : unpacked(g_, g_[id].inputs[0], g_[id].numbers[5])) settle(x);
        else
            for (int k = 0; k < g_[id].op->arity; ++k) settle(g_[id].inputs[k]);
        if (waits_) for_each_awaited(id, visit);
    }

private:
    /// Calls `visit(source, true)` for the members that must be there before `id` reads its inputs again.
    template <class Visit>
    constexpr void for_each_awaited(int id, Visit visit) const {
        list<int> open, awaited; // stacks of our own: constant evaluation may not recurse deeply
        open.push_back(id);
        while (!open.empty()) {
            const node& reader = g_[open.back()];
            open.pop_back();
            const bool waits = reader.op->kind == op_kind::view && reader.op->arity == 2;
            if (waits) awaited.push_back(reader.inputs[1]);
            for (int k = 0; k < (waits ? 1 : reader.op->arity); ++k)
                if (const int x = reader.inputs[k]; !needs_.member[x]) open.push_back(x);
        }
        while (!awaited.empty()) {
            const int x = awaited.back();
            awaited.pop_back();
            if (needs_.member[x]) visit(x, true);
            for (int k = 0; !needs_.member[x] && k < g_[x].op->arity; ++k) awaited.push_back(g_[x].inputs[k]);
        }
    }

    /// The members by how many loops must have ended before them. What can be early is early, so that what
    /// uses it finds it made; but what only reads data waits for the loop that can take it along.
    constexpr list<list<int>> members_by_level() const {
        list<int> levels(g_.size, 0), latest(g_.size, g_.size);
        list<bool> joins_source(g_.size, false), joins_reader(g_.size, false);
        for (int id = 0; id < g_.size; ++id)
            if (needs_.member[id])
                for_each_source(id, [&](int source, bool in_memory) {
                    const bool joins = could_join(id, source, in_memory);
                    levels[id] = levels[id] < levels[source] + !joins ? levels[source] + !joins : levels[id];
                    joins_source[id] = joins_source[id] || joins;
                });
        int last = 0;
        for (int id = g_.size - 1; id >= 0; --id) {
            if (!needs_.member[id]) continue;
            if (joins_reader[id] && !joins_source[id]) levels[id] = latest[id];
            last = levels[id] > last ? levels[id] : last;
            for_each_source(id, [&](int source, bool in_memory) {
                const bool joins = could_join(id, source, in_memory);
                latest[source] = levels[id] - !joins < latest[source] ? levels[id] - !joins : latest[source];
                joins_reader[source] = joins_reader[source] || joins;
            });
        }
        list<list<int>> members(last + 1);
        for (int id = 0; id < g_.size; ++id)
            if (needs_.member[id]) members[levels[id]].push_back(id);
        return members;
    }

    constexpr bool could_join(int id, int source, bool in_memory) const {
        return !in_memory && needs_.runs_in_loop(id) && can_share_loop(source, space_of(g_, id).shape);
    }

    constexpr bool is_ready(int id) const {
        bool ready = true;
        for_each_source(id, [&](int source, bool) { ready = ready && of_node[source] >= 0; });
        return ready;
    }

    /// Whether member `source` could stand in one loop with a reader of space `reader`.
    constexpr bool can_share_loop(int source, const tensor_shape& reader) const {
        if (!is_loop_kind(g_[source])) return false;
        const tensor_shape loop = space_of(g_, source).shape;
        if (g_[source].op->kind == op_kind::reduction && !combines_rows(g_[source], space_of(g_, source))) return false;
        const bool one_is_rows =
            (loop == rows_of(reader) && has_kept_rows(reader, machine_)) || (rows_of(loop) == reader && has_kept_rows(loop, machine_));
        return loop == reader || one_is_rows;
    }

    static constexpr kernel_kind kernel_of(const node& n) {
        return n.op->kind == op_kind::contraction ? kernel_kind::contraction
               : n.op->kind == op_kind::general   ? kernel_kind::general
               : n.op->kind == op_kind::scan      ? kernel_kind::scan
                                                  : kernel_kind::copy;
    }

    constexpr void add_kernel(int id, kernel_kind kind, const tensor_shape& space, bool strided = false) {
        draft_kernel fresh;
        fresh.kind = kind;
        fresh.space = space;
        fresh.strided = strided;
        fresh.updates = updates_only_[id];
        fresh.members.push_back(id);
        of_node[id] = all.size();
        all.push_back(fresh);
    }

    constexpr void place_in_loop(int id) {
        const space own = space_of(g_, id);
        bool strided = false;
        int last_source = 0;
        needs_.for_each_load(id, [&](int source, const access& a) {
            strided = strided || is_strided(source, a);
            last_source = of_node[source] > last_source ? of_node[source] : last_source;
        });
        for (int candidate = all.size() - 1; candidate >= last_source; --candidate)
            if (may_join(id, own, strided, candidate)) {
                all[candidate].members.push_back(id);
                of_node[id] = candidate;
                return;
            }
        add_kernel(id, kernel_kind::loop, own.shape, strided);
    }

    /// Whether a loop moves over `source` other than by one or none along its last axis.
    constexpr bool is_strided(int source, const access& a) const {
        if (a.rank == 0 || a.axis[a.rank - 1] < 0) return false;
        for (int k = a.axis[a.rank - 1] + 1; k < g_[source].shape.rank; ++k)
            if (!g_[source].shape[k].is_one()) return true;
        return false;
    }

    constexpr bool may_join(int id, const space& own, bool strided, int candidate) const {
        const draft_kernel& into = all[candidate];
        if (into.kind != kernel_kind::loop || into.strided != strided || into.updates != updates_only_[id]) return false;
        if (into.updates && own.shape.rank > 0 && !has_common_source(id, candidate)) return false;
        const bool by_element = own.shape == into.space;
        const bool by_row = !by_element && own.shape == rows_of(into.space) && has_kept_rows(into.space, machine_);
        if (!by_element && !by_row) return false;
        bool good = true;
        needs_.for_each_load(id, [&](int source, const access& a) {
            if (!good || of_node[source] < candidate) return; // -1: a leaf or a reshape
            good = of_node[source] == candidate && passes_on(source, a, into.space, by_row);
        });
        // What is read through a reshape lies in memory only after its loop.
        for_each_source(id, [&](int source, bool in_memory) { good = good && !(in_memory && of_node[source] >= candidate); });
        return good;
    }

    /// Whether `id` and a loop read the same, or one the other: updates that do not are better off apart.
    constexpr bool has_common_source(int id, int candidate) const {
        bool found = false;
        needs_.for_each_load(id, [&](int source, const access&) {
            found = found || of_node[source] == candidate;
            for (int other : all[candidate].members)
                needs_.for_each_load(other, [&](int read, const access&) { found = found || read == source; });
        });
        return found;
    }

    /// Whether member `source` of a loop over `loop` can hand its value to a member that reads it by `a`
    /// over its own space (that of the rows, or the whole): it is made earlier in the same row.
    constexpr bool passes_on(int source, const access& a, const tensor_shape& loop, bool to_row) const {
        const space from = space_of(g_[source].shape);
        const bool reduction = g_[source].op->kind == op_kind::reduction;
        if (reduction && !(combines_rows(g_[source], space_of(g_, source)) && space_of(g_, source).shape == loop)) return false;
        const tensor_shape& reader = to_row ? rows_of(loop) : loop;
        if (from.shape == loop && !to_row && !reduction) return same_access(a, access_over(reader, from));
        return from.shape == rows_of(loop) && has_kept_rows(loop, machine_) && same_access(a, access_over(reader, from));
    }

    graph_view g_;
    const target& machine_;
    memory_needs& needs_;
    list<bool> updates_only_;
    bool waits_ = false; ///< Whether some node reads what it is made of again, when another is there.
};

} // namespace ctgrad::detail

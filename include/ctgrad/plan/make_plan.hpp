// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/grouper.hpp>

namespace ctgrad {

namespace detail {

/// Works out a plan; `run` is its table of contents.
class planner {
public:
    constexpr explicit planner(program_graph program) : program_(program), g_(program.graph), needs_(program), groups_(program, needs_) {}

    constexpr draft_plan run() {
        for (int id = 0; id < g_.size; ++id) out_.dimensions.add(g_[id].shape);
        needs_.choose();
        groups_.form();
        place_nodes();
        write_steps();
        return static_cast<draft_plan&&>(out_);
    }

private:
    constexpr void place_nodes() {
        out_.places = list<location>(g_.size);
        for (int id = 0; id < g_.size; ++id) {
            location& at = out_.places[id];
            if (g_[id].op->kind == op_kind::leaf) {
                at = {place::leaf, static_cast<std::int16_t>(out_.leaves.size())};
                out_.leaves.push_back(static_cast<std::int16_t>(id));
            } else if (g_[id].op->kind == op_kind::reshape)
                at = out_.places[g_[id].inputs[0]];
            else if (needs_.memory[id]) {
                at = result_for(id);
                if (at.where == place::nowhere) {
                    at = {place::workspace, static_cast<std::int16_t>(out_.slots.size())};
                    out_.slots.push_back({ctgrad::size_of(g_[id].shape, out_.dimensions), g_[id].type});
                }
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
        bool found = false;
        needs_.for_each_load(id, [&](int source, const access& a) {
            if (g_[source].op->kind == op_kind::reshape) {
                int from = source;
                while (g_[from].op->kind == op_kind::reshape || g_[from].op->kind == op_kind::view) from = g_[from].inputs[0];
                found = found || from == variable;
            } else if (source == variable)
                found = found || in_any_way || !same_access(a, access_over(space_of(g_, id).shape, space_of(g_[variable].shape)));
        });
        return found;
    }

    constexpr void write_steps() {
        list<step> updates;
        for (const group& each : groups_.groups) {
            step s{each.kind, static_cast<std::int16_t>(each.members[0]), out_.places[each.members[0]], each.space};
            if (each.kind == step_kind::loop) {
                s.first = static_cast<std::int16_t>(out_.members.size());
                s.members = static_cast<std::int16_t>(each.members.size());
                for (int id : each.members) out_.members.push_back(static_cast<std::int16_t>(id));
            }
            const bool update = s.to.where == place::result && s.to.index >= program_.outputs;
            (update ? updates : out_.steps).push_back(s);
        }
        // A result that no step leaves in its place is copied there: outputs before variables change.
        for (int r = 0; r < program_.results(); ++r) {
            const location to{place::result, static_cast<std::int16_t>(r)};
            const int id = g_.roots[r];
            if (out_.places[id] == to && g_[id].op->kind != op_kind::reshape) continue;
            const step copy{step_kind::copy, g_.roots[r], to, space_of(g_[id].shape).shape};
            (r < program_.outputs ? out_.steps : updates).push_back(copy);
        }
        for (const step& s : updates) out_.steps.push_back(s);
    }

    program_graph program_;
    graph_view g_;
    draft_plan out_;
    memory_needs needs_;
    grouper groups_;
};

} // namespace detail

/// Plans a program.
constexpr draft_plan make_plan(program_graph program) { return detail::planner(program).run(); }

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/drivers.hpp>
#include <ctgrad/plan/short_rows.hpp>
#include <ctgrad/plan/share_regions.hpp>
#include <ctgrad/plan/update_early.hpp>

namespace ctgrad {

namespace detail {

/// Works out a plan; `run` is its table of contents.
class planner {
public:
    constexpr explicit planner(program_graph program) : program_(program), g_(program.graph), needs_(program), kernels_(program, needs_) {}

    constexpr draft_plan run() {
        for (int id = 0; id < g_.size; ++id) out_.dimensions.add(g_[id].shape);
        needs_.choose();
        kernels_.form();
        find_drivers(program_, needs_, kernels_);
        place_nodes();
        place_blocks();
        write_kernels();
        return static_cast<draft_plan&&>(out_);
    }

private:
    constexpr void place_nodes() {
        out_.places = list<location>(g_.size);
        const list<int> adjacent = adjacent_axes(g_, needs_, kernels_, program_.machine).run();
        for (int id = 0; id < g_.size; ++id) {
            location& at = out_.places[id];
            if (g_[id].op->kind == op_kind::leaf) {
                at = {place::leaf, static_cast<std::int16_t>(out_.leaves.size())};
                out_.leaves.push_back(static_cast<std::int16_t>(id));
            } else if (g_[id].op->kind == op_kind::reshape)
                at = out_.places[g_[id].inputs[0]];
            else if (needs_.memory[id] && needs_.part_of[id] < 0) {
                at = result_for(id);
                if (at.where == place::nowhere) {
                    at = {place::workspace, static_cast<std::int16_t>(out_.regions.size()), static_cast<std::int8_t>(adjacent[id])};
                    out_.regions.push_back({ctgrad::size_of(g_[id].shape, out_.dimensions), g_[id].type});
                }
            }
        }
        for (int id = g_.size - 1; id >= 0; --id)
            if (const int whole = needs_.part_of[id]; whole >= 0) {
                out_.places[id] = out_.places[whole];
                out_.places[id].within = static_cast<std::int16_t>(whole);
            }
    }

    /// The memory of a result that node `id` can be computed in, if it is one and that is safe.
    constexpr location result_for(int id) const {
        for (int r = 0; r < program_.results(); ++r)
            if (g_.roots[r] == id && (r < program_.outputs || updates_in_place(r))) return {place::result, static_cast<std::int16_t>(r)};
        return {};
    }

    /// A product whose loop alone reads it is made where that loop then puts a result of the same shape, or block
    /// by block in one piece of memory: where rows are short, a load next to a store just made would wait for it.
    constexpr void place_blocks() {
        for (const draft_kernel& each : kernels_.all) {
            if (each.driver < 0 || needs_.memory[each.driver]) continue;
            location& at = out_.places[each.driver];
            at.where = place::block;
            const node& product = g_[each.driver];
            if (each.updates || has_whole_rows(product.shape, program_.machine)) continue;
            for (int id : each.members)
                if (needs_.memory[id] && needs_.part_of[id] < 0 && g_[id].op->kind == op_kind::elementwise &&
                    g_[id].shape == product.shape && g_[id].type == product.type)
                    at = out_.places[id];
        }
    }

    /// Whether update `r` may overwrite its variable while it is computed: whoever waits for the end reads
    /// the variable in the same loop, element by element.
    constexpr bool updates_in_place(int r) const {
        const int root = g_.roots[r], variable = program_.target_of(r);
        if (!is_loop_kind(g_[root]) || !kernels_.all[kernels_.of_node[root]].updates) return false;
        for (int other = program_.outputs; other < program_.results(); ++other)
            if (other != r && g_.roots[other] == root) return false;
        for (int id = 0; id < g_.size; ++id)
            if (needs_.member[id] && kernels_.all[kernels_.of_node[id]].updates &&
                reads(id, variable, kernels_.of_node[id] != kernels_.of_node[root]))
                return false;
        return true;
    }

    /// Whether the kernel that computes `id` reads leaf `variable`: in any way, or only other than
    /// element by element.
    constexpr bool reads(int id, int variable, bool in_any_way) const {
        auto shows_variable = [&](int source) { return source_of(g_, source) == variable; };
        bool found = false;
        if (!is_loop_kind(g_[id]))
            for (int k = 0; k < g_[id].op->arity; ++k) found = found || shows_variable(g_[id].inputs[k]);
        else
            needs_.for_each_load(id, [&](int source, const access& a) {
                const bool by_element =
                    source == variable && same_access(a, access_over(space_of(g_, id).shape, space_of(g_[variable].shape)));
                found = found || (shows_variable(source) && (in_any_way || !by_element));
            });
        return found;
    }

    constexpr void write_kernels() {
        list<kernel> updates;
        for (const draft_kernel& each : kernels_.all) {
            if (each.members.empty() || needs_.is_made_of_parts(each.members[0])) continue;
            kernel s{each.kind, static_cast<std::int16_t>(each.members[0]), out_.places[each.members[0]], each.space};
            if (each.kind == kernel_kind::loop) {
                s.first = static_cast<std::int16_t>(out_.members.size());
                s.members = static_cast<std::int16_t>(each.members.size());
                s.driver = static_cast<std::int16_t>(each.driver);
                for (int id : each.members) out_.members.push_back(static_cast<std::int16_t>(id));
            }
            (each.updates ? updates : out_.kernels).push_back(s);
        }
        // A result that no kernel leaves in its place is copied there: outputs before variables change.
        for (int r = 0; r < program_.results(); ++r) {
            const location to{place::result, static_cast<std::int16_t>(r)};
            const int id = g_.roots[r];
            if (out_.places[id] == to && g_[id].op->kind != op_kind::reshape) continue;
            const kernel copy{kernel_kind::copy, g_.roots[r], to, space_of(g_[id].shape).shape};
            (r < program_.outputs ? out_.kernels : updates).push_back(copy);
        }
        for (const kernel& s : updates) out_.kernels.push_back(s);
    }

    program_graph program_;
    graph_view g_;
    draft_plan out_;
    memory_needs needs_;
    draft_kernels kernels_;
};

} // namespace detail

/// Plans a program for its target.
constexpr draft_plan make_plan(program_graph program) {
    return share_regions(program.graph, update_early(program, detail::planner(program).run()));
}

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/scans.hpp>
#include <ctgrad/plan/dataflow.hpp>

namespace ctgrad {

namespace detail {

/// Moves kernels forward in the order of a plan as far as what they need allows.
class kernel_mover {
public:
    constexpr kernel_mover(program_graph program, draft_plan& plan)
        : program_(program), plan_(plan), flow_(program.graph, plan, plan.kernels.size()) {
        for (int s = 0; s < plan.kernels.size(); ++s)
            flow_.for_each_source(s, [&](int source, int) {
                if (program.graph[source].op->kind == op_kind::leaf) readings_.push_back({source, s});
            });
    }

    /// Moves kernels that replace variables, and those that compute a number, which the others may wait for and
    /// do not overtake.
    constexpr void run() {
        const list<int> first = failing_first();
        list<int> order;
        for (int s : first) {
            order.push_back(s);
            const bool number = is_number(s), replaces = replaces_variables(s);
            if (!number && !replaces) continue;
            const list<bool> before = needed_before(s);
            const auto may_overtake = [&](int other) {
                return !before[other] && (number || !is_number(other)) && !(replaces && can_fail(other));
            };
            for (int k = order.size() - 1; k > 0 && may_overtake(order[k - 1]); --k) {
                order[k] = order[k - 1];
                order[k - 1] = s;
            }
        }
        list<kernel> moved;
        for (int s : order) moved.push_back(plan_.kernels[s]);
        plan_.kernels = static_cast<list<kernel>&&>(moved);
    }

private:
    struct reading {
        int variable, kernel;
    };

    constexpr bool can_fail(int s) const {
        const kernel& self = plan_.kernels[s];
        return (self.kind == kernel_kind::general || self.kind == kernel_kind::scan) && is_fallible(program_.graph[self.node]);
    }

    /// The order of the plan, but kernels that can fail and all that they need come first: an error is thrown before anything is changed.
    constexpr list<int> failing_first() {
        const int count = plan_.kernels.size();
        list<bool> early(count);
        for (int s = count - 1; s >= 0; --s) {
            early[s] = early[s] || can_fail(s);
            if (!early[s]) continue;
            const list<bool> before = needed_before(s);
            for (int k = 0; k < s; ++k) early[k] = early[k] || before[k];
        }
        list<int> order;
        for (const bool wanted : {true, false})
            for (int s = 0; s < count; ++s)
                if (early[s] == wanted) order.push_back(s);
        return order;
    }

    constexpr bool is_number(int s) const { return plan_.kernels[s].kind == kernel_kind::loop && plan_.kernels[s].space.rank == 0; }

    /// Calls `visit(variable)` for each one that kernel `s` replaces.
    template <class Visit>
    constexpr void for_each_replaced(int s, Visit visit) const {
        auto written = [&](const location& at) {
            if (at.where == place::result && at.index >= program_.outputs) visit(program_.target_of(at.index));
        };
        written(plan_.kernels[s].to);
        flow_.for_each_computed(s, [&](int id) { written(plan_.places[id]); });
    }

    constexpr bool replaces_variables(int s) const {
        bool found = false;
        for_each_replaced(s, [&](int) { found = true; });
        return found;
    }

    /// The kernels that must be done before kernel `s`: those that make what it reads, and those that read a
    /// variable that it replaces.
    constexpr list<bool> needed_before(int s) {
        list<bool> before(plan_.kernels.size());
        flow_.for_each_source(s, [&](int source, int) {
            if (flow_.kernel_of[source] >= 0) before[flow_.kernel_of[source]] = true;
        });
        for_each_replaced(s, [&](int variable) {
            for (const reading& each : readings_)
                if (each.variable == variable) before[each.kernel] = true;
        });
        return before;
    }

    program_graph program_;
    draft_plan& plan_;
    dataflow<draft_plan> flow_;
    list<reading> readings_;
};

} // namespace detail

/// Replaces variables as soon as nothing else reads them, so that what their new values are made of need not
/// be kept.
constexpr draft_plan update_early(program_graph program, draft_plan plan) {
    detail::kernel_mover(program, plan).run();
    return plan;
}

} // namespace ctgrad

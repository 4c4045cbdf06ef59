// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/draft_kernels.hpp>

/// @file Which values lie with their rows adjacent, since loops have rows in lanes.

namespace ctgrad::detail {

/// Whether rows of a tensor leave lanes empty while those along axis `lane` fill them.
constexpr bool has_rows_too_short(const tensor_shape& made, int lane, dtype type, const target& machine) {
    if (lane < 0 || lane + 1 >= made.rank || !is_floating(type) || axis_for_lanes(made, type, machine) < 0) return false;
    const int lanes = machine.lanes(type);
    const std::int64_t columns = made[made.rank - 1].extent;
    return columns % lanes != 0 && columns > 1 && (!made[lane].is_static() || made[lane].extent >= lanes);
}

/// The axis of a loop over short rows that can lie in lanes, or -1. Of two axes what has one element a row lies along the rows.
constexpr int lane_axis_for(graph_view g, const memory_needs& needs, const draft_kernel& loop, const target& machine) {
    if (loop.kind != kernel_kind::loop || loop.strided) return -1;
    const bool is_deep = loop.space.rank > 2;
    const int lane = axis_for_lanes(loop.space, g[loop.members[0]].type, machine);
    if (lane < 0) return -1;
    bool good = true;
    for (int id : loop.members) {
        const node& n = g[id];
        needs.for_each_load(id, [&](int source, const access& a) {
            const tensor_shape& from = g[source].shape;
            if (!is_deep && a.rank == 2 && a.axis[0] >= 0 && a.axis[1] < 0)
                for (int k = a.axis[0] + 1; k < from.rank; ++k) good = good && from[k].is_one();
            good = good && !(g[source].type == dtype::boolean && (is_deep || space_of(from).shape == loop.space));
        });
        good = good && !(n.type == dtype::boolean && needs.memory[id]);
        if (!is_deep || n.op->kind != op_kind::reduction) continue;
        const space own = space_of(g, id);
        const bool drops_lane = (n.numbers[0] >> own.axis[lane] & 1) != 0;
        good = good && (drops_lane || own.shape.rank < loop.space.rank || combines_rows(n, own));
    }
    return good ? lane : -1;
}

/// Which axis of each node is the adjacent one instead of the last, or -1: that lies in lanes where a node with short rows is made, and
/// wherever it is read, but by products of matrices.
class adjacent_axes {
public:
    constexpr adjacent_axes(graph_view g, const memory_needs& needs, const draft_kernels& kernels, const target& machine)
        : g_(g), needs_(needs), kernels_(kernels), lane_of_(kernels.all.size()), chosen_(g.size, -1) {
        for (int i = 0; i < lane_of_.size(); ++i)
            lane_of_[i] = kernels.all[i].members.empty() ? -1 : lane_axis_for(g, needs, kernels.all[i], machine);
        for (int id = 0; id < g.size; ++id) {
            const node& n = g[id];
            const bool stored = needs.memory[id] && needs.member[id] && needs.part_of[id] < 0 && n.op->kind == op_kind::elementwise;
            if (!stored) continue;
            const draft_kernel& made = kernels.all[kernels.of_node[id]];
            const int lane = lane_of_[kernels.of_node[id]];
            const bool by_row = made.space.rank > 2 && rows_of(made.space) == n.shape;
            if ((made.space == n.shape || by_row) && has_rows_too_short(n.shape, lane, n.type, machine)) chosen_[id] = lane;
        }
    }

    constexpr list<int> run() {
        for (int id = 0; id < g_.size; ++id) {
            const op_kind kind = g_[id].op->kind;
            if (kind == op_kind::reshape) chosen_[source_of(g_, id)] = -1;
            if (!needs_.member[id]) continue;
            if (is_loop_kind(g_[id]))
                needs_.for_each_load(id, [&](int source, const access& a) {
                    const int lane = lane_of_[kernels_.of_node[id]];
                    if (lane < 0 || a.axis[lane] != chosen_[source] || a.step[lane] != 1) chosen_[source] = -1;
                });
            else
                kernels_.for_each_source(id, [&](int source, bool) {
                    if (kind != op_kind::contraction || !can_multiply(g_[id], g_[source].shape.rank, chosen_[source])) chosen_[source] = -1;
                });
        }
        for (int r = 0; r < g_.root_count; ++r) chosen_[g_.roots[r]] = -1;
        return static_cast<list<int>&&>(chosen_);
    }

private:
    /// Whether a product reads an operand of rank `rank` with axis `lane` adjacent as well as row by row: matrices, one by one.
    constexpr bool can_multiply(const node& product, int rank, int lane) const {
        if (product.shape.rank != rank || rank - 2 != lane) return false;
        if (rank == 2) return true;
        if (product.op->form == product_form::outer_products) return false;
        int right = product.inputs[1];
        access a = access::identity(rank);
        while (g_[right].op->kind == op_kind::view) {
            g_[right].op->map_axes(g_[right], a);
            right = g_[right].inputs[0];
        }
        bool one_by_one = true;
        for (int k = 0; k + 2 < rank; ++k) one_by_one = one_by_one && a.axis[k] >= 0;
        return one_by_one;
    }

    graph_view g_;
    const memory_needs& needs_;
    const draft_kernels& kernels_;
    list<int> lane_of_; ///< Of each kernel.
    list<int> chosen_;
};

} // namespace ctgrad::detail

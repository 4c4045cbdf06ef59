// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/op_info.hpp>
#include <ctgrad/plan/target.hpp>

namespace ctgrad::detail {

/// The iteration space of a node: its shape (of a reduction its input's) without axes of extent 1,
/// which loops do not need.
struct space {
    tensor_shape shape{}; ///< Without axes of extent 1.
    int axis[max_rank]{}; ///< Where each of its axes stands in the tensor.
};

constexpr space space_of(const tensor_shape& full) {
    space s;
    for (int k = 0; k < full.rank; ++k) {
        if (full[k].is_one()) continue;
        s.axis[s.shape.rank] = k;
        s.shape.append(full[k]);
    }
    return s;
}

constexpr space space_of(graph_view g, int id) {
    const node& n = g[id];
    return space_of(n.op->kind == op_kind::reduction ? g[n.inputs[0]].shape : n.shape);
}

/// What `id` shows through views, and through nodes of a second kind.
constexpr int behind_views(graph_view g, int id, op_kind other = op_kind::view) {
    while (g[id].op->kind == op_kind::view || g[id].op->kind == other) id = g[id].inputs[0];
    return id;
}

/// Where the elements of `id` lie: behind views and reshapes.
constexpr int source_of(graph_view g, int id) { return behind_views(g, id, op_kind::reshape); }

/// The rows of a space: its axes but the last.
constexpr tensor_shape rows_of(const tensor_shape& space) {
    tensor_shape rows = space;
    if (rows.rank > 0) --rows.rank;
    return rows;
}

/// How a loop over `loop` reaches the elements of a tensor whose space is `s`: axis by axis; along axes
/// of the loop that the space lacks (the last one, for a node with one element a row) it stays.
constexpr access access_over(const tensor_shape& loop, const space& s) {
    access a;
    a.rank = loop.rank;
    for (int k = 0; k < loop.rank; ++k) {
        a.axis[k] = k < s.shape.rank ? s.axis[k] : -1;
        a.step[k] = k < s.shape.rank ? 1 : 0;
    }
    return a;
}

constexpr bool same_access(const access& a, const access& b) {
    for (int k = 0; k < a.rank; ++k)
        if (a.axis[k] != b.axis[k] || (a.axis[k] >= 0 && a.step[k] != b.step[k])) return false;
    for (int k = 0; k < max_rank; ++k)
        if (a.begin[k] != b.begin[k]) return false;
    return true;
}

/// Whether rows of a space, of known length, stay in registers or the first-level cache.
constexpr bool has_kept_rows(const tensor_shape& space, const target& machine) {
    return space.rank > 0 && space[space.rank - 1].is_static() && space[space.rank - 1].extent <= machine.kept_row;
}

/// Whether a product hands out whole rows, of known length.
constexpr bool has_whole_rows(const tensor_shape& product, const target& machine) {
    const dimension& columns = product[product.rank - 1];
    return columns.is_static() && columns.extent <= machine.product_row;
}

/// Whether reduction `n` of a tensor with space `s` combines each row, and nothing more, into one element.
constexpr bool combines_rows(const node& n, const space& s) {
    unsigned axes = 0;
    for (int k = 0; k < s.shape.rank; ++k)
        if ((n.numbers[0] >> s.axis[k] & 1) != 0) axes |= 1u << k;
    return s.shape.rank > 0 && axes == 1u << (s.shape.rank - 1);
}

/// The axis whose elements could lie in lanes while the innermost is passed over: of two axes the first; of three the second where it is
/// long, else one of unknown extent, else the longer one. -1: rows are too few, or the innermost axis is too long. `extent`: -1 where it
/// is unknown.
constexpr int axis_for_lanes(int rank, const std::int64_t* extent, int lanes, const target& machine) {
    if (rank < 2 || rank > 3) return -1;
    const std::int64_t columns = extent[rank - 1];
    if (columns < 0 || columns > machine.short_row) return -1;
    if (rank == 2) return 0;
    if (extent[1] < 0 || extent[1] >= 4 * lanes) return 1;
    if (extent[0] < 0) return 0;
    const int longer = extent[1] >= extent[0] ? 1 : 0;
    return extent[longer] >= lanes ? longer : -1;
}
constexpr int axis_for_lanes(const tensor_shape& space, dtype type, const target& machine) {
    std::int64_t extent[max_rank]{};
    for (int k = 0; k < space.rank; ++k) extent[k] = space[k].is_static() ? space[k].extent : -1;
    return axis_for_lanes(space.rank, extent, machine.lanes(type), machine);
}

} // namespace ctgrad::detail

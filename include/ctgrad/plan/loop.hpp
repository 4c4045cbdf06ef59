// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/plan/make_plan.hpp>

namespace ctgrad {

/// How a loop walks over a tensor in memory: for each loop axis a stride, and where it starts.
struct walk {
    location from;
    dtype type = dtype::float32;
    extent_product stride[max_rank]{};
    int starts = 0; ///< The start is the sum of start_index[i] * start_stride[i] elements.
    std::int64_t start_index[max_rank]{};
    extent_product start_stride[max_rank]{};
};

enum class term_kind : std::uint8_t {
    load,
    constant,
    size,
    coordinate,
    apply,
    row ///< What a reduction made of this row in the pass before.
};

/// One value of a loop body: loaded, generated, or computed from earlier terms.
struct term {
    term_kind kind = term_kind::apply;
    bool invariant = false; ///< The same along the innermost axis.
    std::int8_t pass = 0;   ///< In which pass over the row it is there.
    std::int16_t node = -1;
    std::int16_t inputs[max_arity]{-1, -1, -1}; ///< Of an apply: earlier terms.
    std::int16_t kept = -1;                     ///< Which row buffer hands it on to later passes.
    std::int16_t detail = -1;                   ///< Of a load its walk, of a coordinate its axis (-1: at 0), of a row its output.
    std::int32_t first = 0, step = 1;           ///< Of a coordinate: where the axis begins, and how far it goes at once.
};

enum class output_kind : std::uint8_t {
    store,    ///< Writes the term's value.
    total,    ///< Combines all of the loop into one element.
    columns,  ///< Combines all rows, each column by itself, in registers.
    row,      ///< Combines each row into one element.
    lane_sum, ///< Combines what lies in lanes, for each index of the other axes, or some of them, by itself.
    in_memory ///< Combines with what is in memory, in any other way.
};

/// What becomes of a term.
struct loop_output {
    output_kind kind = output_kind::store;
    std::int16_t term = -1;
    std::int16_t node = -1;
    bool written = false; ///< Whether `out` is memory; a row may live in registers only.
    bool by_row = false;  ///< One value a row, and not one an element.
    walk out;
};

/// A loop nest. The innermost axis is passed over once a pass; a pass uses what reductions of the
/// row made in the pass before.
template <int Terms, int Loads, int Outputs>
struct basic_loop {
    int rank = 0;
    int passes = 1;
    int kept_rows = 0;  ///< How many row buffers there are.
    int lane_axis = -1; ///< The axis that lies in lanes, outside of the innermost; or -1.
    extent_product extent[max_rank]{};
    counted<term, Terms> terms{};
    counted<walk, Loads> loads{};
    counted<loop_output, Outputs> outputs{};

    static constexpr int term_count = Terms;
    static constexpr int load_count = Loads;
    static constexpr int output_count = Outputs;

    /// Whether a pass computes something from term `t`.
    constexpr bool is_used_in(int pass, int t) const {
        for (const term& user : terms)
            for (int input : user.inputs)
                if (input == t && user.pass == pass && user.kind != term_kind::row) return true;
        return false;
    }
};

struct draft_loop {
    int rank = 0;
    int passes = 1;
    int kept_rows = 0;
    int lane_axis = -1;
    extent_product extent[max_rank]{};
    list<term> terms;
    list<walk> loads;
    list<loop_output> outputs;
};

namespace detail {

/// Follows views from `id` to what holds or generates the elements; `a` becomes their access.
template <class Plan>
constexpr int resolve_views(graph_view g, const Plan& plan, int id, access& a) {
    while (g[id].op->kind == op_kind::view && plan.places[id].where == place::nowhere) {
        g[id].op->map_axes(g[id], a);
        id = g[id].inputs[0];
    }
    return id;
}

/// Follows parts to the whole that they lie in; `a` becomes their access.
template <class Plan>
constexpr int resolve_parts(graph_view g, const Plan& plan, int id, access& a) {
    while (plan.places[id].within >= 0) {
        const int whole = plan.places[id].within;
        for (int k = 0; k < g[whole].op->arity; ++k)
            if (g[whole].inputs[k] == id) g[whole].op->place_input(g[whole], k, g[id].shape, a);
        id = whole;
    }
    return id;
}

template <class Plan>
constexpr walk walk_over(graph_view g, const Plan& plan, int source, access a) {
    source = resolve_parts(g, plan, source, a);
    const tensor_shape& shape = g[source].shape;
    walk w;
    w.from = plan.places[source];
    w.type = g[source].type;
    const auto stride = [&](int axis) {
        return w.from.lane_axis < 0 ? stride_of(shape, axis, plan.dimensions)
                                    : stride_behind(shape, w.from.lane_axis, axis, plan.dimensions);
    };
    for (int k = 0; k < max_rank; ++k) w.stride[k].factor = 0;
    for (int k = 0; k < a.rank; ++k)
        if (a.axis[k] >= 0) {
            w.stride[k] = stride(a.axis[k]);
            w.stride[k].factor *= a.step[k];
        }
    for (int j = 0; j < shape.rank; ++j)
        if (a.begin[j] != 0) {
            w.start_index[w.starts] = a.begin[j];
            w.start_stride[w.starts++] = stride(j);
        }
    return w;
}

/// How the elements of `id`, which lie in memory, are walked over along its own axes.
template <class Plan>
constexpr walk walk_of(graph_view g, const Plan& plan, int id) {
    access a = access::identity(g[id].shape.rank);
    const int source = resolve_views(g, plan, id, a);
    return walk_over(g, plan, source, a);
}

} // namespace detail
} // namespace ctgrad

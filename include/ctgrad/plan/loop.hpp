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

enum class term_kind : std::uint8_t { load, constant, size, coordinate, apply };

/// One value of a loop body: loaded, generated, or computed from earlier terms.
struct term {
    term_kind kind = term_kind::apply;
    bool invariant = false;                     ///< The same along the innermost axis.
    std::int16_t node = -1;
    std::int16_t inputs[max_arity]{-1, -1, -1}; ///< Of an apply: earlier terms.
    std::int16_t detail = -1;                   ///< Of a load its walk, of a coordinate its axis (-1: at 0).
};

/// A loop nest: its last term is stored, or combined along the reduced axes.
template <int Terms, int Loads>
struct basic_loop {
    int rank = 0;
    extent_product extent[max_rank]{};
    bool reduced[max_rank]{};
    walk out;
    counted<term, Terms> terms{};
    counted<walk, Loads> loads{};

    static constexpr int term_count = Terms;
    static constexpr int load_count = Loads;
};

struct draft_loop {
    int rank = 0;
    extent_product extent[max_rank]{};
    bool reduced[max_rank]{};
    walk out;
    list<term> terms;
    list<walk> loads;
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

template <class Plan>
constexpr walk walk_over(graph_view g, const Plan& plan, int source, const access& a) {
    const tensor_shape& shape = g[source].shape;
    walk w;
    w.from = plan.places[source];
    w.type = g[source].type;
    for (int k = 0; k < max_rank; ++k) w.stride[k].factor = 0;
    for (int k = 0; k < a.rank; ++k)
        if (a.axis[k] >= 0) {
            w.stride[k] = stride_of(shape, a.axis[k], plan.dimensions);
            w.stride[k].factor *= a.step[k];
        }
    for (int j = 0; j < shape.rank; ++j)
        if (a.begin[j] != 0) {
            w.start_index[w.starts] = a.begin[j];
            w.start_stride[w.starts++] = stride_of(shape, j, plan.dimensions);
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

template <class Plan>
class loop_maker {
public:
    constexpr loop_maker(graph_view in, const Plan& plan, const step& made) : g_(in), plan_(plan), step_(made), term_of_(in.size, -1) {}

    constexpr draft_loop run() {
        const node& n = g_[step_.node];
        reduces_ = step_.kind == step_kind::loop && n.op->kind == op_kind::reduction;
        const tensor_shape& space = reduces_ ? g_[n.inputs[0]].shape : n.shape;
        out_.rank = space.rank;
        for (int k = 0; k < space.rank; ++k) out_.extent[k] = extent_of(space[k], plan_.dimensions);
        add_term(reduces_ ? n.inputs[0] : step_.node, !reduces_ && step_.kind == step_kind::loop);
        walk_out(n);
        collapse();
        mark_invariants();
        return static_cast<draft_loop&&>(out_);
    }

private:
    constexpr int add_term(int id, bool computed_here) {
        if (term_of_[id] >= 0) return term_of_[id];
        const node& n = g_[id];
        term t;
        t.node = static_cast<std::int16_t>(id);
        if (n.op->kind == op_kind::elementwise && (computed_here || plan_.places[id].where == place::nowhere)) {
            for (int k = 0; k < n.op->arity; ++k) t.inputs[k] = static_cast<std::int16_t>(add_term(n.inputs[k], false));
        } else
            add_source(id, t);
        term_of_[id] = out_.terms.size();
        out_.terms.push_back(t);
        return term_of_[id];
    }

    constexpr void add_source(int id, term& t) {
        access a = access::identity(out_.rank);
        // The source of a copy is read where it lies, unless the copy itself puts it there.
        const bool here = plan_.places[id] == step_.to && g_[id].op->kind == op_kind::view;
        int source = id;
        if (here) {
            g_[id].op->map_axes(g_[id], a);
            source = g_[id].inputs[0];
        }
        source = resolve_views(g_, plan_, source, a);
        const node& s = g_[source];
        t.node = static_cast<std::int16_t>(source);
        if (s.op->kind == op_kind::constant)
            t.kind = term_kind::constant;
        else if (s.op->kind == op_kind::size)
            t.kind = term_kind::size;
        else if (s.op->kind == op_kind::coordinate) {
            t.kind = term_kind::coordinate;
            for (int k = 0; k < a.rank; ++k)
                if (a.axis[k] == s.numbers[0]) t.detail = static_cast<std::int16_t>(k);
        } else {
            t.kind = term_kind::load;
            t.detail = static_cast<std::int16_t>(out_.loads.size());
            out_.loads.push_back(walk_over(g_, plan_, source, a));
        }
    }

    constexpr void walk_out(const node& n) {
        out_.out.from = step_.to;
        out_.out.type = n.type;
        for (int k = 0, kept = 0; k < out_.rank; ++k) {
            out_.reduced[k] = reduces_ && (n.numbers[0] >> k & 1) != 0;
            out_.out.stride[k].factor = 0;
            if (!out_.reduced[k]) out_.out.stride[k] = stride_of(n.shape, kept++, plan_.dimensions);
        }
    }

    constexpr bool is_coordinate_axis(int axis) const {
        for (const term& t : out_.terms)
            if (t.kind == term_kind::coordinate && t.detail == axis) return true;
        return false;
    }

    template <class Visit>
    constexpr void for_each_walk(Visit visit) {
        for (walk& w : out_.loads) visit(w);
        visit(out_.out);
    }

    constexpr void remove_axis(int axis) {
        for (int k = axis; k + 1 < out_.rank; ++k) {
            out_.extent[k] = out_.extent[k + 1];
            out_.reduced[k] = out_.reduced[k + 1];
            for_each_walk([k](walk& w) { w.stride[k] = w.stride[k + 1]; });
        }
        for (term& t : out_.terms)
            if (t.kind == term_kind::coordinate && t.detail >= axis) t.detail = t.detail == axis ? std::int16_t{-1} : static_cast<std::int16_t>(t.detail - 1);
        --out_.rank;
    }

    /// Drops axes of extent 1 and makes one axis of two where every walk goes straight on.
    constexpr void collapse() {
        for (int k = out_.rank - 1; k >= 0; --k)
            if (out_.extent[k] == extent_product{}) remove_axis(k);
        for (int k = out_.rank - 2; k >= 0; --k) {
            bool straight = out_.reduced[k] == out_.reduced[k + 1] && !is_coordinate_axis(k) && !is_coordinate_axis(k + 1);
            for_each_walk([&](const walk& w) { straight = straight && w.stride[k] == w.stride[k + 1] * out_.extent[k + 1]; });
            if (!straight) continue;
            out_.extent[k + 1] = out_.extent[k] * out_.extent[k + 1];
            remove_axis(k);
        }
    }

    constexpr void mark_invariants() {
        const int inner = out_.rank - 1;
        for (term& t : out_.terms) {
            if (t.kind == term_kind::load)
                t.invariant = inner < 0 || out_.loads[t.detail].stride[inner].factor == 0;
            else if (t.kind == term_kind::coordinate)
                t.invariant = t.detail != inner;
            else {
                t.invariant = true;
                for (int k = 0; k < max_arity; ++k)
                    if (t.inputs[k] >= 0 && !out_.terms[t.inputs[k]].invariant) t.invariant = false;
            }
        }
    }

    graph_view g_;
    const Plan& plan_;
    step step_;
    bool reduces_ = false;
    list<int> term_of_;
    draft_loop out_;
};

} // namespace detail

/// The loop nest of a step of kind loop or copy.
template <class Plan>
constexpr draft_loop make_loop(graph_view g, const Plan& plan, const step& s) {
    return detail::loop_maker<Plan>(g, plan, s).run();
}

} // namespace ctgrad

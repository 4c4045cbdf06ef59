// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/lane_axis.hpp>
#include <ctgrad/plan/loop_axes.hpp>

namespace ctgrad {

namespace detail {

/// Writes out the loop nest of a kernel; `run` is its table of contents.
template <class Plan>
class loop_maker {
public:
    constexpr loop_maker(graph_view in, const Plan& plan, const kernel& made, const target& machine)
        : g_(in), plan_(plan), kernel_(made), machine_(machine), is_member_(in.size), is_read_(in.size), term_of_(in.size, -1) {}

    constexpr draft_loop run() {
        out_.rank = kernel_.space.rank;
        for (int k = 0; k < out_.rank; ++k) out_.extent[k] = extent_of(kernel_.space[k], plan_.dimensions);
        if (kernel_.kind == kernel_kind::copy)
            add_copy();
        else {
            for (int i = 0; i < kernel_.members; ++i) is_member_[plan_.members[kernel_.first + i]] = true;
            mark_read();
            for (int i = 0; i < kernel_.members; ++i) add_member(plan_.members[kernel_.first + i]);
        }
        if (!has_rows_ && (kernel_.driver < 0 || has_whole_rows(g_[kernel_.driver].shape, machine_))) collapse_axes(out_);
        swapped_ = would_gain_by_swapping();
        if (swapped_) swap_axes();
        finish();
        if (swapped_ && out_.lane_axis < 0) {
            swap_axes();
            swapped_ = false;
            finish();
        }
        return static_cast<draft_loop&&>(out_);
    }

private:
    constexpr void add_copy() {
        const int id = kernel_.node;
        access a = access_over(kernel_.space, space_of(g_[id].shape));
        int source = id;
        if (g_[id].op->kind == op_kind::view && plan_.places[id] == kernel_.to) { // the copy itself puts it there
            g_[id].op->map_axes(g_[id], a);
            source = g_[id].inputs[0];
        }
        add_output(id, add_source(source, a), space_of(g_[id].shape));
    }

    constexpr void add_member(int id) {
        const node& n = g_[id];
        const space own = space_of(g_, id);
        if (own.shape.rank < kernel_.space.rank) has_rows_ = true;
        if (n.op->kind == op_kind::elementwise) {
            add_output(id, apply_term(id, own), own);
            return;
        }
        if (n.op->kind == op_kind::view) {
            access a = access_over(kernel_.space, own);
            n.op->map_axes(n, a);
            return add_output(id, add_source(n.inputs[0], a), own);
        }
        const int combined = term_over(n.inputs[0], own);
        // Along the axes that the reduction drops, its result stays where it is.
        access a = access_over(kernel_.space, own);
        for (int k = 0; k < a.rank; ++k)
            if (a.axis[k] >= 0 && (n.numbers[0] >> a.axis[k] & 1) != 0) a.axis[k] = -1;
        for (int k = 0; k < a.rank; ++k) { // the axes of the result count without those
            int dropped = 0;
            for (int j = 0; j < a.axis[k]; ++j) dropped += n.numbers[0] >> j & 1;
            if (a.axis[k] >= 0) a.axis[k] -= dropped;
        }
        push_output(id, combined, a, own.shape.rank < kernel_.space.rank);
        if (combines_rows(n, own) && own.shape == kernel_.space) {
            term t;
            t.kind = term_kind::row;
            t.node = static_cast<std::int16_t>(id);
            t.inputs[0] = static_cast<std::int16_t>(combined);
            t.detail = static_cast<std::int16_t>(out_.outputs.size() - 1);
            if (is_read_[id]) {
                has_rows_ = true;
                term_of_[id] = push_term(t);
            }
        }
    }

    /// Marks what the members read, through views and what is computed on the spot.
    constexpr void mark_read() {
        list<int> open; // a stack of our own: constant evaluation may not recurse deeply
        for (int i = 0; i < kernel_.members; ++i) open.push_back(plan_.members[kernel_.first + i]);
        while (!open.empty()) {
            const node& reader = g_[open.back()];
            open.pop_back();
            for (int k = 0; k < reader.op->arity; ++k) {
                const int x = behind_views(g_, reader.inputs[k]);
                if (is_read_[x]) continue;
                is_read_[x] = true;
                if (!is_member_[x] && is_computed_here(x)) open.push_back(x);
            }
        }
    }

    /// Whether `id` is computed on the spot by what reads it.
    constexpr bool is_computed_here(int id) const {
        return g_[id].op->kind == op_kind::elementwise && plan_.places[id].where == place::nowhere;
    }

    constexpr int push_term(const term& t) {
        out_.terms.push_back(t);
        return out_.terms.size() - 1;
    }

    /// Computes `id` and what it is computed from on the spot, inputs first.
    constexpr int apply_term(int id, const space& own) {
        list<int> open;
        open.push_back(id);
        while (!open.empty()) {
            const int next = open.back();
            const node& n = g_[next];
            bool ready = true;
            for (int k = n.op->arity - 1; k >= 0 && term_of_[next] < 0; --k)
                if (term_of_[n.inputs[k]] < 0 && is_computed_here(n.inputs[k])) {
                    open.push_back(n.inputs[k]);
                    ready = false;
                }
            if (!ready) continue;
            open.pop_back();
            if (term_of_[next] >= 0) continue;
            term t;
            t.node = static_cast<std::int16_t>(next);
            for (int k = 0; k < n.op->arity; ++k) t.inputs[k] = static_cast<std::int16_t>(term_over(n.inputs[k], own));
            term_of_[next] = push_term(t);
        }
        return term_of_[id];
    }

    /// The value of `id` for a reader with space `own`.
    constexpr int term_over(int id, const space& own) {
        if (term_of_[id] >= 0) return term_of_[id];
        if (is_computed_here(id)) return apply_term(id, own);
        return term_of_[id] = add_source(id, access_over(kernel_.space, own));
    }

    /// What is loaded or generated, or handed on by a member of this loop.
    constexpr int add_source(int id, access a) {
        const int source = resolve_views(g_, plan_, id, a);
        const node& s = g_[source];
        if (is_member_[source] && term_of_[source] >= 0) return term_of_[source];
        term t;
        t.node = static_cast<std::int16_t>(source);
        if (s.op->kind == op_kind::constant)
            t.kind = term_kind::constant;
        else if (s.op->kind == op_kind::size)
            t.kind = term_kind::size;
        else if (s.op->kind == op_kind::coordinate) {
            t.kind = term_kind::coordinate;
            t.first = static_cast<std::int32_t>(a.begin[s.numbers[0]]);
            for (int k = 0; k < a.rank; ++k)
                if (a.axis[k] == s.numbers[0]) {
                    t.detail = static_cast<std::int16_t>(k);
                    t.step = static_cast<std::int32_t>(a.step[k]);
                }
        } else {
            t.kind = term_kind::load;
            t.detail = static_cast<std::int16_t>(out_.loads.size());
            out_.loads.push_back(walk_over(g_, plan_, source, a));
        }
        return push_term(t);
    }

    constexpr void add_output(int id, int value, const space& own) {
        push_output(id, value, access_over(kernel_.space, own), own.shape.rank < kernel_.space.rank);
    }

    constexpr void push_output(int id, int value, const access& a, bool by_row = false) {
        loop_output r;
        r.by_row = by_row;
        r.term = static_cast<std::int16_t>(value);
        r.node = static_cast<std::int16_t>(id);
        r.out = walk_over(g_, plan_, id, a);
        if (kernel_.kind == kernel_kind::copy && !(plan_.places[id] == kernel_.to)) r.out.from = kernel_.to;
        r.written = r.out.from.where != place::nowhere;
        const bool reduction = kernel_.kind == kernel_kind::loop && g_[id].op->kind == op_kind::reduction;
        r.kind = reduction ? output_kind::in_memory : output_kind::store;
        if (r.written || reduction) out_.outputs.push_back(r);
    }

    constexpr void swap_axes() {
        swap_inner_axes(out_);
        for (loop_output& r : out_.outputs)
            if (g_[r.node].op->kind == op_kind::reduction) r.kind = output_kind::in_memory;
    }

    /// What depends on the order of the axes.
    constexpr void finish() {
        mark_invariants(out_);
        count_passes();
        classify_outputs();
        choose_lanes();
    }

    /// Whether a loop had better pass over the axis before the innermost first, with the long one in lanes: what is adjacent in memory lies
    /// along the short one, or it is combined.
    constexpr bool would_gain_by_swapping() {
        const int inner = out_.rank - 1;
        if (has_rows_ || kernel_.kind != kernel_kind::loop || kernel_.driver >= 0 || out_.rank < 2 || out_.rank > 3) return false;
        if (out_.extent[inner].is_static() || !out_.extent[inner - 1].is_static() || out_.extent[inner - 1].factor <= 1) return false;
        bool gains = false;
        for (const walk& w : out_.loads) gains = gains || (w.stride[inner - 1] == extent_product{} && w.stride[inner].factor != 0);
        for (const loop_output& r : out_.outputs) {
            const bool combines = g_[r.node].op->kind == op_kind::reduction && r.out.stride[inner - 1].factor == 0;
            gains = gains || (combines && out_.rank > 2 && r.out.stride[inner] == extent_product{});
        }
        return gains;
    }
    constexpr void count_passes() {
        for (term& t : out_.terms) {
            for (int k = 0; k < max_arity; ++k)
                if (t.inputs[k] >= 0 && out_.terms[t.inputs[k]].pass > t.pass) t.pass = out_.terms[t.inputs[k]].pass;
            if (t.kind == term_kind::row) ++t.pass;
            if (t.pass >= out_.passes) out_.passes = t.pass + 1;
        }
        for (const term& t : out_.terms)
            for (int k = 0; k < max_arity; ++k) {
                if (t.inputs[k] < 0) continue;
                term& x = out_.terms[t.inputs[k]];
                const bool handed_on = t.kind != term_kind::row && !x.invariant && x.pass < t.pass && x.kind == term_kind::apply;
                if (handed_on && x.kept < 0) x.kept = static_cast<std::int16_t>(out_.kept_rows++);
            }
    }

    constexpr void classify_outputs() {
        const int inner = out_.rank - 1;
        const bool kept_rows = !swapped_ && has_kept_rows(kernel_.space, machine_);
        for (loop_output& r : out_.outputs) {
            if (r.kind == output_kind::store) continue;
            bool moves_over_rows = false, stays_over_some_row = false;
            for (int k = 0; k < inner; ++k) (r.out.stride[k].factor != 0 ? moves_over_rows : stays_over_some_row) = true;
            const bool moves_inner = inner >= 0 && r.out.stride[inner].factor != 0;
            const bool combined_inner = inner >= 0 && !r.by_row;
            if (!moves_over_rows && !moves_inner)
                r.kind = output_kind::total;
            else if (!moves_over_rows && moves_inner && kept_rows && out_.rank == kernel_.space.rank &&
                     r.out.stride[inner] == extent_product{})
                r.kind = output_kind::columns;
            else if (!stays_over_some_row && !moves_inner && combined_inner)
                r.kind = output_kind::row;
        }
        for (const term& t : out_.terms)
            if (t.kind == term_kind::row) out_.outputs[t.detail].kind = output_kind::row;
    }

    constexpr void choose_lanes() {
        if (out_.rank < 2 || (kernel_.kind == kernel_kind::copy && out_.rank > 2)) return;
        bool doubles = false;
        for (const term& t : out_.terms) doubles = doubles || g_[t.node].type == dtype::float64;
        const lane_choice choice(out_, doubles ? dtype::float64 : dtype::float32, machine_);
        out_.lane_axis = choice.run(swapped_);
        if (out_.lane_axis < 0) return;
        for (loop_output& r : out_.outputs)
            if (choice.is_lane_sum(r)) r.kind = output_kind::lane_sum;
    }

    graph_view g_;
    const Plan& plan_;
    kernel kernel_;
    const target& machine_;
    bool swapped_ = false;  ///< The two innermost axes have changed places.
    bool has_rows_ = false; ///< Some values belong to rows: the last axis stays what it is.
    list<bool> is_member_;
    list<bool> is_read_; ///< Nodes that a member reads.
    list<int> term_of_;
    draft_loop out_;
};

} // namespace detail

/// The loop nest of a kernel of kind loop or copy.
template <class Plan>
constexpr draft_loop make_loop(graph_view g, const Plan& plan, const kernel& s, const target& machine = this_target) {
    return detail::loop_maker<Plan>(g, plan, s, machine).run();
}

} // namespace ctgrad

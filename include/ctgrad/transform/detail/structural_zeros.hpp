// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/list.hpp>
#include <ctgrad/graph/constant.hpp>
#include <ctgrad/graph/view.hpp>
#include <ctgrad/ops/pad.hpp>
#include <ctgrad/ops/slice.hpp>
#include <ctgrad/shape/strided.hpp>

namespace ctgrad::detail {

/// Finds the elements of the nodes of a graph that are 0 whatever the leaves hold: by its form, element by element. What it does not
/// know may be anything.
class structural_zeros {
public:
    constexpr explicit structural_zeros(graph_view g) : g_(g), may_(g.size) {
        for (int id = 0; id < g.size; ++id) look_at(id);
    }

    /// Whether element `at` of node `id`, counted row by row, may be other than 0.
    constexpr bool may_differ(int id, std::int64_t at) const { return may_[id].empty() || may_[id][static_cast<int>(at)]; }

private:
    static constexpr std::int64_t most_elements = 4096;

    graph_view g_;
    list<list<bool>> may_; ///< Of a node whose elements are told apart; empty: of the others.

    constexpr void look_at(int id) {
        const node& n = g_[id];
        if (!n.shape.is_static() || n.shape.static_size() > most_elements || n.shape.static_size() == 0) return;
        const bool none_known = [&] {
            for (int k = 0; k < n.op->arity; ++k)
                if (!may_[n.inputs[k]].empty()) return false;
            return true;
        }();
        if (n.op->kind == op_kind::constant) {
            if (constant_value(n) == 0) may_[id] = list<bool>(static_cast<int>(n.shape.static_size()), false);
            return;
        }
        if (none_known && !is_op<pad_op>(*n.op)) return;
        switch (n.op->kind) {
        case op_kind::elementwise: return elementwise(id);
        case op_kind::reduction: return reduction(id);
        case op_kind::view:
            if (is_op<view_op>(*n.op) || is_op<slice_op>(*n.op)) shown(id);
            return;
        case op_kind::reshape: may_[id] = may_[n.inputs[0]]; return;
        case op_kind::contraction: return product(id);
        default:
            if (is_op<pad_op>(*n.op)) return among_zeros(id);
            if (n.op->joins) side_by_side(id);
        }
    }

    constexpr list<bool> all_of(int id, bool value) const { return list<bool>(static_cast<int>(g_[id].shape.static_size()), value); }

    /// Calls `visit(index, place)` for all elements of node `id`.
    template <class Visit>
    constexpr void for_each_element(int id, Visit visit) const {
        std::int64_t extent[max_rank]{}, at = 0;
        for (int k = 0; k < g_[id].shape.rank; ++k) extent[k] = g_[id].shape[k].extent;
        for_each_index(g_[id].shape.rank, extent, [&](const std::int64_t* index) { visit(index, at++); });
    }
    /// The place of an element of node `id`.
    constexpr std::int64_t place(int id, const std::int64_t* index) const {
        std::int64_t at = 0;
        for (int k = 0; k < g_[id].shape.rank; ++k) at = at * g_[id].shape[k].extent + index[k];
        return at;
    }

    constexpr void elementwise(int id) {
        const node& n = g_[id];
        int known[1 << max_arity]{}; // by the inputs that are 0: 1 the result is 0, 2 it may differ
        list<bool> may = all_of(id, true);
        for (int at = 0; at < may.size(); ++at) {
            int zeros = 0;
            for (int k = 0; k < n.op->arity; ++k) zeros |= may_differ(n.inputs[k], at) ? 0 : 1 << k;
            if (zeros == 0) continue;
            if (known[zeros] == 0) known[zeros] = is_zero_given(*n.op, zeros) ? 1 : 2;
            may[at] = known[zeros] == 2;
        }
        may_[id] = may;
    }
    /// Whether a formula gives 0 where those inputs are 0, whatever the others are: tried with several, 0 among them.
    static constexpr bool is_zero_given(const op_info& op, int zeros) {
        constexpr double tried[] = {1.25, -0.75, 3.0, 0.0};
        for (int i = 0; i < 64; ++i) {
            double in[max_arity]{};
            bool other_zero = false;
            for (int k = 0, left = i; k < op.arity; ++k, left /= 4)
                if ((zeros >> k & 1) == 0) {
                    in[k] = tried[left % 4];
                    other_zero = other_zero || in[k] == 0;
                }
            const double value = op.element(in);
            if (value != 0 && !(other_zero && value != value)) return false; // 0 / 0 is a 0 that is meant
        }
        return true;
    }

    constexpr void reduction(int id) {
        const node& n = g_[id];
        const int from = n.inputs[0];
        const double zeros[2]{};
        if (n.op->element(zeros) != 0) return;
        list<bool> may = all_of(id, false);
        for_each_element(from, [&](const std::int64_t* index, std::int64_t at) {
            std::int64_t kept[max_rank]{};
            int rank = 0;
            for (int k = 0; k < g_[from].shape.rank; ++k)
                if ((n.numbers[0] >> k & 1) == 0) kept[rank++] = index[k];
            if (may_differ(from, at)) may[static_cast<int>(place(id, kept))] = true;
        });
        may_[id] = may;
    }

    constexpr void shown(int id) {
        const node& n = g_[id];
        access a = access::identity(n.shape.rank);
        n.op->map_axes(n, a);
        list<bool> may = all_of(id, true);
        for_each_element(id, [&](const std::int64_t* index, std::int64_t at) {
            std::int64_t source[max_rank]{};
            for (int j = 0; j < max_rank; ++j) source[j] = a.begin[j];
            for (int k = 0; k < n.shape.rank; ++k)
                if (a.axis[k] >= 0) source[a.axis[k]] += index[k] * a.step[k];
            may[static_cast<int>(at)] = may_differ(n.inputs[0], place(n.inputs[0], source));
        });
        may_[id] = may;
    }

    constexpr void among_zeros(int id) {
        const node& n = g_[id];
        if (!g_[n.inputs[0]].shape.is_static()) return;
        list<bool> may = all_of(id, false);
        for_each_element(n.inputs[0], [&](const std::int64_t* index, std::int64_t at) {
            std::int64_t to[max_rank]{};
            for (int k = 0; k < n.shape.rank; ++k) to[k] = index[k] + n.numbers[k];
            may[static_cast<int>(place(id, to))] = may_differ(n.inputs[0], at);
        });
        may_[id] = may;
    }

    constexpr void side_by_side(int id) {
        const node& n = g_[id];
        list<bool> may = all_of(id, true);
        for (int i = 0; i < n.op->arity; ++i) {
            access a;
            n.op->place_input(n, i, g_[n.inputs[i]].shape, a);
            for_each_element(n.inputs[i], [&](const std::int64_t* index, std::int64_t at) {
                std::int64_t to[max_rank]{};
                for (int k = 0; k < n.shape.rank; ++k) to[k] = index[k] + a.begin[k];
                may[static_cast<int>(place(id, to))] = may_differ(n.inputs[i], at);
            });
        }
        may_[id] = may;
    }

    /// Of matrices: a sum of products that are 0 where a factor is.
    constexpr void product(int id) {
        const node& n = g_[id];
        if (n.op->form != product_form::matrices || n.shape.rank != 2 || !g_[n.inputs[0]].shape.is_static()) return;
        const std::int64_t depth = g_[n.inputs[0]].shape[1].extent, columns = n.shape[1].extent;
        list<bool> may = all_of(id, false);
        for (int at = 0; at < may.size(); ++at)
            for (std::int64_t k = 0; k < depth && !may[at]; ++k)
                may[at] = may_differ(n.inputs[0], at / columns * depth + k) && may_differ(n.inputs[1], k * columns + at % columns);
        may_[id] = may;
    }
};

} // namespace ctgrad::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/view.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/concat.hpp>
#include <ctgrad/ops/coordinate.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/gather.hpp>
#include <ctgrad/ops/pad.hpp>
#include <ctgrad/ops/reduce_sum.hpp> // which the derivative of a view names
#include <ctgrad/ops/reshape.hpp>
#include <ctgrad/ops/slice.hpp>
#include <ctgrad/transform/detail/lift.hpp>

#include <string_view>

/// @file Unit vectors one by one, and all of them as one more axis.

namespace ctgrad::detail {

constexpr tensor_shape axes_of_both(const tensor_shape& first, const tensor_shape& second) {
    tensor_shape both = first;
    for (int k = 0; k < second.rank; ++k) both.append(second[k]);
    return both;
}
constexpr tensor_shape with_axis_in_front(dimension d, const tensor_shape& s) {
    tensor_shape front;
    front.append(d);
    return axes_of_both(front, s);
}

/// 1 at element `at`, counted row by row, of a static shape: a 1 among zeros.
constexpr ref unit_vector(auto& b, dtype type, const tensor_shape& shape, std::int64_t at) {
    attributes box;
    box.shape = shape;
    tensor_shape one = shape;
    for (int k = shape.rank - 1; k >= 0; --k) {
        one[k] = 1;
        box.numbers[k] = static_cast<std::int32_t>(at % shape[k].extent);
        at /= shape[k].extent;
    }
    const auto number = constant(b, 1, type, one);
    return one == shape ? number : apply<pad_op>(box, number);
}

/// All unit vectors: along the first axis of extent `count`, which is the number of elements of `shape`.
template <class Builder>
constexpr ref identity_basis(Builder& b, dtype type, dimension count, const tensor_shape& shape) {
    attributes square, number, as_basis;
    square.type = dtype::int32;
    square.shape.append(count);
    square.shape.append(count);
    const auto row = b.add(info<deferred_t<coordinate_op, Builder>>, square, nullptr);
    square.numbers[0] = 1;
    const auto column = b.add(info<deferred_t<coordinate_op, Builder>>, square, nullptr);
    number.type = type;
    as_basis.shape = with_axis_in_front(count, shape);
    return apply<reshape_op>(as_basis, apply<cast_op>(number, apply<equal_op>(attributes{}, row, column)));
}

/// Computes a linear function of one leaf for all vectors of a basis at once: what depends on the leaf gets one more axis, in front.
template <class Ref>
class basis_lift {
public:
    /// The op that cannot have one more axis; none if all is well.
    std::string_view obstacle{};

    /// @param vectors stands for `leaf`, with an axis more in front.
    constexpr basis_lift(Ref leaf, Ref vectors, int last) : graph_(*leaf.graph), count_(vectors.shape()[0]), of_(last + 1) {
        of_[leaf.id] = vectors;
        for (int id = 0; id <= last && obstacle.empty(); ++id) {
            bool depends = false;
            for (int k = 0; k < graph_[id].op->arity; ++k) depends = depends || of_[graph_[id].inputs[k]];
            if (depends) of_[id] = lifted(id);
        }
    }

    /// `x` for each vector, or none where it does not depend on the leaf: it is 0 then, as it is linear.
    constexpr Ref operator()(Ref x) const { return of_[x.id]; }

private:
    builder& graph_;
    dimension count_;
    list<Ref> of_;

    /// The input with the axis, repeated along it if it does not depend on the leaf.
    constexpr Ref input(const node& n, int k) const {
        const int x = n.inputs[k];
        return of_[x] ? of_[x] : expand(Ref{&graph_, x}, with_axis_in_front(count_, graph_[x].shape));
    }

    constexpr Ref refuse(const node& n) {
        obstacle = n.op->name;
        return {};
    }

    constexpr Ref lifted(int id) {
        const auto n = *Ref{&graph_, id}; // the builder may move its nodes
        attributes a = n;
        if (n.shape.rank == max_rank) return refuse(n);
        a.shape = with_axis_in_front(count_, n.shape);
        const auto shift_numbers = [&] {
            for (int k = n.shape.rank; k > 0; --k) a.numbers[k] = n.numbers[k - 1];
            a.numbers[0] = 0;
        };
        switch (n.op->kind) {
        case op_kind::elementwise:
        case op_kind::reshape: break;
        case op_kind::contraction:
            if (n.op->form != product_form::matrices) return refuse(n);
            break;
        case op_kind::reduction: a.numbers[0] <<= 1; break;
        case op_kind::view:
            if (n.op->arity == 2) break;
            shift_numbers();
            if (is_op<view_op>(*n.op))
                for (int k = 1; k < a.shape.rank; ++k) a.numbers[k] += a.numbers[k] >= 0 ? 1 : 0;
            else if (!is_op<slice_op>(*n.op))
                return refuse(n);
            break;
        default:
            if (is_op<pad_op>(*n.op))
                shift_numbers();
            else if (is_op<concat_op>(*n.op))
                ++a.numbers[0];
            else if (is_op<gather_op>(*n.op) && !of_[n.inputs[1]])
                return of_rows(n, 1, graph_[n.inputs[1]].shape.rank);
            else if (is_op<scatter_sum_op>(*n.op) && !of_[n.inputs[1]])
                return of_rows(n, graph_[n.inputs[1]].shape.rank, 1);
            else
                return refuse(n);
        }
        ref in[max_arity];
        const bool waits = n.op->kind == op_kind::view && n.op->arity == 2; // for input 1, whatever its shape
        for (int k = 0; k < n.op->arity; ++k) in[k] = waits && k == 1 ? ref{&graph_, n.inputs[k]} : input(n, k);
        return graph_.add(*n.op, a, in);
    }

    /// An op on rows: the vectors are part of the rows. `before`, `behind`: the axes in front of a row, of its input and its result.
    constexpr Ref of_rows(const auto& n, int before, int behind) const {
        attributes a = n;
        if (is_op<scatter_sum_op>(*n.op)) {
            a.shape = tensor_shape{};
            a.shape.append(n.shape[0]);
            a.shape.append(count_);
            for (int k = 1; k < n.shape.rank; ++k) a.shape.append(n.shape[k]);
        }
        const ref in[] = {lift<Ref>::turned(of_[n.inputs[0]], before, false), {&graph_, n.inputs[1]}};
        return lift<Ref>::turned(graph_.add(*n.op, a, in), behind, true);
    }
};

} // namespace ctgrad::detail

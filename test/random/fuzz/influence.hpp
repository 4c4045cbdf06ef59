// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace fuzz {

/// Follows which elements of a leaf a gradient can reach: builds beside a graph another one, in which every node has a
/// number that is positive where an element of it depends on a marked element of the leaf. It goes the way of a gradient:
/// not through the branch not taken, not through factors that are 0, not through elements that are not the largest.
class influence {
public:
    /// `second` counts a factor of 0 that depends on the leaf itself as a way, as second derivatives do.
    influence(ct::builder& of, ref leaf, ref marks, bool second) : made_(of), second_(second) {
        const int size = of.size();
        for (int id = 0; id < size; ++id) {
            const bool on_a_way = id != leaf.id && ct::is_floating(of[id].type);
            ways_.push_back(id == leaf.id ? marks : on_a_way ? through(ref{&made_, id}) : ref{});
        }
    }
    /// None: no element of the leaf gets there.
    ref on(ref x) const { return ways_[x.id]; }

private:
    ref zeros(ref like) { return ct::constant(made_, 0.0, dtype::float64, like.shape()); }
    ref or_zeros(ref way, ref like) { return way ? way : zeros(like); }
    ref either(ref a, ref b) { return !a ? b : !b ? a : a + b; }
    ref where(ref condition, ref way) { return way ? ct::where(condition, way, zeros(way)) : way; }
    ref is_finite(ref x) {
        const ref infinity = ct::constant(made_, std::numeric_limits<double>::infinity(), x->type);
        return ct::apply<ct::less_op>(ct::apply<ct::abs_op>(x), infinity);
    }
    ref is_no_number(ref x) { return ct::apply<ct::not_equal_op>(x, x); }

    template <class Op>
    static bool is(ref x) {
        return ct::is_op<Op>(*x->op);
    }

    ref through(ref y) {
        ref way[ct::max_arity];
        bool any = false;
        for (int k = 0; k < y->op->arity; ++k)
            if (ct::is_floating(y.input(k)->type)) any = (way[k] = ways_[y.input(k).id]) || any;
        if (!any) return {};
        switch (y->op->kind) {
        case ct::op_kind::elementwise: return through_elementwise(y, way);
        case ct::op_kind::reduction: return through_reduction(y, way[0]);
        case ct::op_kind::contraction: return through_product(y, way);
        default: return through_copy(y, way);
        }
    }

    ref through_elementwise(ref y, ref* way) {
        if (is<ct::sign_op>(y) || is<ct::stop_gradient_op>(y)) return {};
        if (is<ct::where_op>(y)) return ct::where(y.input(0), or_zeros(way[1], y), or_zeros(way[2], y));
        if (is<ct::relu_op>(y)) return where(ct::apply<ct::logical_or_op>(ct::apply<ct::greater_op>(y, 0.0), is_no_number(y)), way[0]);
        if (is<ct::maximum_op>(y) || is<ct::minimum_op>(y)) {
            const ref first = ct::apply<ct::equal_op>(y.input(0), y), unknown = is_no_number(y);
            return either(where(ct::apply<ct::logical_or_op>(first, unknown), way[0]),
                          where(ct::apply<ct::logical_or_op>(ct::apply<ct::logical_not_op>(first), unknown), way[1]));
        }
        if (is<ct::multiply_op>(y)) return either(past_factor(y, way, 0, true), past_factor(y, way, 1, true));
        if (is<ct::multiply_no_nan_op>(y)) return either(past_factor(y, way, 0, false), way[1]);
        if (is<ct::annihilating_multiply_op>(y)) return either(past_factor(y, way, 0, false), past_factor(y, way, 1, false));
        if (is<ct::shift_below_op>(y)) return way[0];
        ref sum;
        for (int k = 0; k < y->op->arity; ++k) sum = either(sum, way[k]);
        return sum;
    }

    /// The way of factor `k`, where the other one is not 0. Infinity times 0 is NaN already in the value: that is no shield.
    ref past_factor(ref y, ref* way, int k, bool finite_only) {
        if (!way[k] || (second_ && way[1 - k])) return way[k];
        ref open = ct::apply<ct::not_equal_op>(y.input(1 - k), 0.0);
        if (finite_only) open = ct::apply<ct::logical_or_op>(open, ct::apply<ct::logical_not_op>(is_finite(y.input(k))));
        return where(open, way[k]);
    }

    ref through_reduction(ref y, ref way) {
        const attributes a = *y;
        if (is<ct::reduce_max_op>(y) || is<ct::reduce_min_op>(y)) {
            const ref chosen = ct::spread(y, y.input(0).shape(), ct::reduced_axes(a));
            way = where(ct::apply<ct::logical_or_op>(ct::apply<ct::equal_op>(y.input(0), chosen), is_no_number(chosen)), way);
        }
        return pool::reduce<ct::reduce_sum_op>(way, a.numbers[0]);
    }

    ref through_product(ref y, ref* way) {
        ref sum;
        for (int k = 0; k < 2; ++k) {
            if (!way[k]) continue;
            ref in[2];
            in[k] = way[k];
            in[1 - k] = ct::constant(made_, 1.0, dtype::float64, y.input(1 - k).shape());
            sum = either(sum, made_.add(*y->op, attributes{}, in));
        }
        return sum;
    }

    /// Views, and what puts elements elsewhere: the same with the ways.
    ref through_copy(ref y, ref* way) {
        attributes a = *y;
        a.type = dtype::float64;
        ref in[ct::max_arity];
        for (int k = 0; k < y->op->arity; ++k) in[k] = ct::is_floating(y.input(k)->type) ? or_zeros(way[k], y.input(k)) : y.input(k);
        return made_.add(*y->op, a, in);
    }

    ct::builder& made_;
    bool second_;
    ct::list<ref> ways_;
};

} // namespace fuzz

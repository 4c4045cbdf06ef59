// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/detail/basis.hpp>

/// @file Parts side by side along a new axis.

namespace ctgrad::detail {

/// `x`, of shape [.., more], as `whole`.
template <class Ref>
constexpr Ref reshaped(Ref x, const tensor_shape& whole) {
    if (x.shape() == whole) return x;
    attributes a;
    a.shape = whole;
    return apply<reshape_op>(a, x);
}

/// `x` with an axis of extent 1 more, in place `at`. What is joined stays joined, so that its parts are computed where they belong.
template <class Ref>
constexpr Ref with_unit_axis(Ref x, int at) {
    const tensor_shape from = x.shape();
    if (is_op<concat_op>(*x->op)) {
        attributes along;
        along.numbers[0] = x->numbers[0] + (x->numbers[0] >= at ? 1 : 0);
        const Ref second = x.input(1), first = with_unit_axis(x.input(0), at);
        return apply<concat_op>(along, first, with_unit_axis(second, at));
    }
    attributes a;
    for (int k = 0; k <= from.rank; ++k) {
        const int inside = k < at ? k : k == at ? -1 : k - 1;
        a.numbers[k] = inside;
        a.shape.append(inside < 0 ? dimension(1) : from[inside]);
    }
    return apply<view_op>(a, x);
}

/// `parts` side by side along a new axis in place `at`; those of which there is none are zeros of the shape of `like`.
template <class Ref>
constexpr Ref stacked(const list<Ref>& parts, int at, Ref like) {
    attributes along;
    along.numbers[0] = at;
    Ref all{};
    for (const Ref& part : parts) {
        const Ref one = with_unit_axis(part ? part : constant(*like.graph, 0, like->type, like.shape()), at);
        all = all ? apply<concat_op>(along, all, one) : one;
    }
    return all;
}

constexpr bool are_all_zero(const list<ref>& parts) {
    for (const ref& each : parts)
        if (each && !is_constant(each, 0)) return false;
    return true;
}

/// `x`, [first, rest], as [rest, first].
template <class Ref>
constexpr Ref with_first_axis_last(Ref x) {
    attributes turned;
    const tensor_shape from = x.shape();
    for (int k = 0; k < from.rank; ++k) {
        turned.numbers[k] = k + 1 < from.rank ? k + 1 : 0;
        turned.shape.append(from[turned.numbers[k]]);
    }
    return apply<view_op>(turned, x);
}

} // namespace ctgrad::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/negative.hpp>
#include <ctgrad/rewrite/numbers.hpp>
#include <ctgrad/shape/axes.hpp>

#include <utility>

/// @file Signs and factors, found where they stand and struck out.

namespace ctgrad::rewrites {

/// Whether `x` is seen to have one value along each of `axes`.
constexpr bool is_constant_along(auto x, axis_mask axes) {
    if (is_number(x)) return true;
    if (!is_made_by<view_op>(x)) return false;
    for (int k = 0; k < x->shape.rank; ++k)
        if (axes.has(k) && x->numbers[k] >= 0) return false;
    return true;
}

/// `x`, which is constant along `axes`, once along them: without these axes.
constexpr ref taken_once(auto x, axis_mask axes) {
    attributes kept;
    for (int k = 0; k < x->shape.rank; ++k) {
        if (axes.has(k)) continue;
        kept.numbers[kept.shape.rank] = k;
        kept.shape.append(x->shape[k]);
    }
    return apply<view_op>(kept, x);
}

/// The `w` of which `x` is the negative, also behind a view; or none.
constexpr ref without_sign(auto x) {
    if (is_made_by<negative_op>(x)) return x.input(0);
    if (!is_made_by<view_op>(x)) return {};
    const attributes view = *x;
    const auto inner = without_sign(x.input(0));
    return inner ? apply<view_op>(view, inner) : inner;
}

/// Whether `x` is a number, or repeated along some axis: a factor worth taking out of a choice.
constexpr bool is_shared_factor(auto x) {
    if (is_number(x)) return true;
    if (!is_made_by<view_op>(x)) return false;
    for (int k = 0; k < x->shape.rank; ++k)
        if (x->numbers[k] < 0 && !x->shape[k].is_one()) return true;
    return false;
}

/// What the view `through` of a tensor of shape `source` makes `factor` of; or none.
constexpr ref before_view(const node& through, const tensor_shape& source, auto factor) {
    if (is_number(factor)) return constant(*factor.graph, constant_value(*factor), factor->type, source);
    if (!is_made_by<view_op>(factor)) return {};
    attributes before;
    before.shape = source;
    for (int k = 0; k < source.rank; ++k) before.numbers[k] = -1;
    for (int k = 0; k < through.shape.rank; ++k) {
        if (through.numbers[k] >= 0)
            before.numbers[through.numbers[k]] = factor->numbers[k];
        else if (factor->numbers[k] >= 0)
            return {};
    }
    return apply<view_op>(before, factor.input(0));
}

/// How many times `factor` it is, as far as numbers show: 3/n, also repeated, is 3 times 1/n. Or 0.
constexpr double multiple_of(auto x, auto factor) {
    if (x == factor) return 1;
    if (is_number(x) && is_number(factor)) return constant_value(*x) == -constant_value(*factor) ? -1 : 0;
    if (is_made_by<view_op>(x) && is_made_by<view_op>(factor)) {
        for (int k = 0; k < x->shape.rank; ++k)
            if (x->numbers[k] != factor->numbers[k]) return 0;
        x = x.input(0);
        factor = factor.input(0);
    }
    if (!is_made_by<divide_op>(x) || !is_made_by<divide_op>(factor) || !(x.input(1) == factor.input(1))) return 0;
    if (!is_number(x.input(0)) || !is_number(factor.input(0))) return 0;
    const double times = constant_value(*x.input(0)) / constant_value(*factor.input(0));
    return keeps_digits(times) ? times : 0;
}

/// `x` divided by `factor` if that can be struck out of its products and quotients; or none.
constexpr ref without_factor(auto x, auto factor, int depth) {
    const node n = *x; // the builder may move its nodes
    if (depth == 0 || n.op->arity == 0) return {};
    const auto a = x.input(0);
    if (is_made_by<multiply_op>(x)) {
        const auto b = x.input(1);
        for (const auto& [struck, rest] : {std::pair{a, b}, std::pair{b, a}})
            if (const double times = multiple_of(struck, factor); times != 0) return multiplied(rest, times);
        if (const auto rest = without_factor(a, factor, depth - 1)) return rest * b;
        if (const auto rest = without_factor(b, factor, depth - 1)) return a * rest;
        return {};
    }
    if (is_made_by<divide_op>(x)) {
        const auto rest = without_factor(a, factor, depth - 1);
        return rest ? rest / x.input(1) : rest;
    }
    if (is_made_by<negative_op>(x)) {
        const auto rest = without_factor(a, factor, depth - 1);
        return rest ? -rest : rest;
    }
    if (is_made_by<view_op>(x)) {
        const auto before = before_view(n, a.shape(), factor);
        const auto rest = before ? without_factor(a, before, depth - 1) : before;
        return rest ? apply<view_op>(n, rest) : rest;
    }
    return {};
}

/// a s + b s = (a + b) s, where `joined` makes a sum, a difference or a choice, and `may_leave(s)`; or none.
template <class Join, class MayLeave>
constexpr ref factored(auto x, auto y, const Join& joined, const MayLeave& may_leave) {
    for (const auto product : {x, y}) {
        if (!is_made_by<multiply_op>(product)) continue;
        for (int k = 0; k < 2; ++k) {
            const auto factor = product.input(k);
            if (!may_leave(factor)) continue;
            const auto a = product.input(1 - k), b = without_factor(product == x ? y : x, factor, 1);
            if (!b) continue;
            return (product == x ? joined(a, b) : joined(b, a)) * factor;
        }
    }
    return {};
}

} // namespace ctgrad::rewrites

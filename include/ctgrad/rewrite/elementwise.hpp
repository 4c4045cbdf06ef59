// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/view.hpp>
#include <ctgrad/rewrite/rewrite.hpp>

/// @file Of all elementwise ops.

namespace ctgrad::rewrites {

constexpr ref folded(const pending& at) {
    const node& draft = at.draft;
    double in[max_arity]{};
    for (int k = 0; k < draft.op->arity; ++k) {
        const ref x = at.x(k);
        if (!is_number(x)) return {};
        in[k] = rounded(x->type, constant_value(*x));
    }
    return constant(*at.graph, rounded(draft.type, draft.op->element(in)), draft.type, draft.shape);
}

/// Whether the views `x` and `other` repeat tensors of one shape in the same way.
constexpr bool repeats_alike(ref x, ref other) {
    if (!(x.input(0).shape() == other.input(0).shape())) return false;
    for (int d = 0; d < x->shape.rank; ++d)
        if (x->numbers[d] != other->numbers[d]) return false;
    return true;
}

constexpr bool repeats(ref view) {
    for (int d = 0; d < view->shape.rank; ++d)
        if (view->numbers[d] < 0) return true;
    return false;
}

/// The view by which all inputs but numbers are repeated in the same way; or none.
constexpr ref common_repetition(const pending& at) {
    ref view{};
    for (int k = 0; k < at.draft.op->arity; ++k) {
        const ref x = at.x(k);
        if (is_number(x)) continue;
        if (!is_made_by<view_op>(x) || !repeats(x) || (view && !repeats_alike(x, view))) return {};
        view = x;
    }
    return view;
}

constexpr ref done_once(const pending& at) {
    const ref view = common_repetition(at);
    if (!view) return {};
    const node repeat = *view; // the builder may move its nodes
    const tensor_shape once = view.input(0).shape();
    ref in[max_arity];
    for (int k = 0; k < at.draft.op->arity; ++k) {
        const ref x = at.x(k);
        in[k] = is_number(x) ? constant(*at.graph, constant_value(*x), x->type, once) : x.input(0);
    }
    attributes asked = at.draft;
    asked.shape = once;
    const ref small = at.graph->add(*at.draft.op, asked, in);
    return at.graph->add(*repeat.op, repeat, &small);
}

} // namespace ctgrad::rewrites

namespace ctgrad {

/// What holds for every elementwise op, one of the user's too; tried before its own rewrites.
inline constexpr rewrite elementwise_rewrites[] = {
    {"f(c, d) = a number", {}, 0, rewrites::folded},
    {"f(repeated x, repeated y) = repeated f(x, y)", {}, 0, rewrites::done_once},
};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/view.hpp>
#include <ctgrad/ops/reduce_sum.hpp>

namespace ctgrad {

namespace detail {

/// An elementwise op on constants is a constant.
constexpr ref fold_constants(builder& b, const node& draft) {
    double in[max_arity]{};
    for (int k = 0; k < draft.op->arity; ++k) {
        const node& x = b[draft.inputs[k]];
        if (x.op->kind != op_kind::constant) return {};
        in[k] = rounded(x.type, constant_value(x));
    }
    return constant(b, rounded(draft.type, draft.op->element(in)), draft.type, draft.shape);
}

/// An elementwise op on inputs that are all repeated in the same way is done once, then repeated.
constexpr ref hoist_repetition(builder& b, const node& draft) {
    const node* view = nullptr;
    for (int k = 0; k < draft.op->arity; ++k) {
        const node& x = b[draft.inputs[k]];
        if (x.op->kind == op_kind::constant) continue;
        if (!is_op<view_op>(*x.op)) return {};
        const tensor_shape& source = b[x.inputs[0]].shape;
        if (view == nullptr)
            view = &x;
        else if (!(source == b[view->inputs[0]].shape))
            return {};
        bool repeats = false;
        for (int d = 0; d < x.shape.rank; ++d) {
            if (x.numbers[d] != view->numbers[d]) return {};
            repeats = repeats || x.numbers[d] < 0;
        }
        if (!repeats) return {};
    }
    if (view == nullptr) return {};
    const node repeat = *view; // the builder may move its nodes
    const tensor_shape once = b[repeat.inputs[0]].shape;
    ref in[max_arity];
    for (int k = 0; k < draft.op->arity; ++k) {
        const node x = b[draft.inputs[k]];
        in[k] = x.op->kind == op_kind::constant ? constant(b, constant_value(x), x.type, once) : ref(&b, x.inputs[0]);
    }
    attributes asked = draft;
    asked.shape = once;
    const ref small = b.add(*draft.op, asked, in);
    return b.add(*repeat.op, repeat, &small);
}

} // namespace detail

/// The rewriter of programs and gradients: folds constants, does once what is repeated, and asks the
/// op for its own identities (x * 1, transpose of transpose, sum of a repeated axis...).
constexpr ref simplify(builder& b, const node& draft) {
    if (draft.op->kind == op_kind::elementwise && draft.op->arity > 0) {
        if (ref folded = detail::fold_constants(b, draft)) return folded;
        if (ref hoisted = detail::hoist_repetition(b, draft)) return hoisted;
    }
    if (draft.op->simplifies)
        if (ref better = draft.op->simplify(b, draft)) return better;
    if (draft.op->commutative && draft.inputs[0] > draft.inputs[1]) {
        node ordered = draft;
        ordered.inputs[0] = draft.inputs[1];
        ordered.inputs[1] = draft.inputs[0];
        return b.intern(ordered);
    }
    return {};
}

} // namespace ctgrad

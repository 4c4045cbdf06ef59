// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/less_equal.hpp>
#include <ctgrad/ops/logical_and.hpp>
#include <ctgrad/ops/logical_not.hpp>
#include <ctgrad/ops/logical_or.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/minimum.hpp>
#include <ctgrad/ops/not_equal.hpp>
#include <ctgrad/ops/reduction.hpp>
#include <ctgrad/ops/sign.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad::detail {

/// The gradient that has reached a node. It counts only where `mask` holds, if there is one: a
/// branch of `where` multiplies on regardless, and what it makes elsewhere, infinite or NaN, is
/// dropped when the branch is left.
struct cotangent {
    ref mask;
    ref value;

    constexpr ref settled() const {
        if (!mask || !value) return value;
        if (is_op<not_equal_op>(*mask->op) && (mask.input(0) == value || mask.input(1) == value)) return value;
        return apply<where_op>(mask, value, 0.0);
    }
};

/// Where two masks exclude each other: one of them, and where either holds (none if everywhere).
struct alternative {
    ref choice, either;
    bool found = false;
};

constexpr bool is_opposite(ref a, ref b) {
    return (is_op<logical_not_op>(*a->op) && a.input(0) == b) || (is_op<logical_not_op>(*b->op) && b.input(0) == a);
}

/// Sees that `a` and `b` are c and !c, or m && c and m && !c: the two branches of one `where`.
constexpr alternative alternatives(ref a, ref b) {
    if (is_opposite(a, b)) return {a, {}, true};
    if (!is_op<logical_and_op>(*a->op) || !is_op<logical_and_op>(*b->op)) return {};
    for (int i = 0; i < 2; ++i)
        for (int j = 0; j < 2; ++j)
            if (a.input(i) == b.input(j) && is_opposite(a.input(1 - i), b.input(1 - j)))
                return {a.input(1 - i), a.input(i), true};
    return {};
}

constexpr void accumulate(cotangent& sum, const cotangent& term) {
    if (!term.value) return;
    if (!sum.value) {
        sum = term;
        return;
    }
    if (sum.mask == term.mask) {
        sum.value = sum.value + term.value;
        return;
    }
    if (!sum.mask || !term.mask) {
        sum = {{}, sum.settled() + term.settled()};
        return;
    }
    if (const alternative two = alternatives(sum.mask, term.mask); two.found)
        sum = {two.either, apply<where_op>(two.choice, sum.value, term.value)};
    else
        sum = {apply<logical_or_op>(sum.mask, term.mask), sum.settled() + term.settled()};
}

constexpr bool repeats(const node& n) {
    access a = access::identity(n.shape.rank);
    n.op->map_axes(n, a);
    for (int k = 0; k < n.shape.rank; ++k)
        if (a.axis[k] < 0) return true;
    return false;
}

/// The mask that goes with the gradient `value` from `n`, which `mask` covers, on to its input: an
/// element counts if it is used in one that does. Where elements mix, as in matrix products, there is none.
constexpr ref mask_of_input(ref n, ref mask, ref value) {
    if (!mask || !value) return {};
    switch (n->op->kind) {
    case op_kind::elementwise: return mask;
    case op_kind::reduction: return spread(mask, n.input(0).shape(), reduced_axes(*n));
    case op_kind::reshape: return n->op->derivative({n, mask, 0});
    case op_kind::view: return repeats(*n) ? apply<not_equal_op>(value, 0.0) : n->op->derivative({n, mask, 0});
    default: return {};
    }
}

} // namespace ctgrad::detail

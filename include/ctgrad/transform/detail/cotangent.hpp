// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/logical_and.hpp>
#include <ctgrad/ops/logical_not.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad::detail {

/// The gradient that has reached a node. It counts only where `mask` holds, if there is one: a
/// branch of `where` multiplies on regardless, and what it makes elsewhere, infinite or NaN, is
/// dropped when the branch is left. From then on zeros are meant (`shielded`), and stay 0.
/// @tparam Ref `ref`; a template, so that ops are compiled where something is differentiated.
template <class Ref>
struct cotangent {
    Ref mask;
    Ref value;
    bool shielded = false;

    constexpr cotangent settled() const {
        if (!mask || !value) return {{}, value, shielded};
        return {{}, apply<where_op>(mask, value, 0.0), true};
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
            if (a.input(i) == b.input(j) && is_opposite(a.input(1 - i), b.input(1 - j))) return {a.input(1 - i), a.input(i), true};
    return {};
}

template <class Ref>
constexpr void accumulate(cotangent<Ref>& sum, const cotangent<Ref>& term) {
    if (!term.value) return;
    if (!sum.value) {
        sum = term;
        return;
    }
    if (sum.mask && term.mask && !(sum.mask == term.mask))
        if (const alternative two = alternatives(sum.mask, term.mask); two.found) {
            sum = {two.either, apply<where_op>(two.choice, sum.value, term.value), sum.shielded || term.shielded};
            return;
        }
    const bool same = sum.mask == term.mask;
    const cotangent<Ref> a = same ? sum : sum.settled(), b = same ? term : term.settled();
    sum = {a.mask, a.value + b.value, a.shielded && b.shielded};
}

} // namespace ctgrad::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/shape/tensor_shape.hpp>
#include <ctgrad/core/fault.hpp>

namespace ctgrad {

/// A shape, or why there is none.
struct shape_or_fault {
    tensor_shape shape{};
    fault found = fault::none;
};

/// The common shape of two operands, aligned at the last axis as NumPy does, but only one side may
/// expand: `[N,10]` with `[10]` is `[N,10]`; `[N]` with `[N,1]` is refused.
constexpr shape_or_fault broadcast(const tensor_shape& a, const tensor_shape& b) {
    const tensor_shape& longer = a.rank >= b.rank ? a : b;
    const tensor_shape& shorter = a.rank >= b.rank ? b : a;
    const int lead = longer.rank - shorter.rank;
    tensor_shape out = longer;
    bool longer_expands = false;
    bool shorter_expands = lead > 0;
    for (int i = 0; i < shorter.rank; ++i) {
        const dimension &l = longer[lead + i], &s = shorter[i];
        if (l == s) continue;
        if (s.is_one())
            shorter_expands = true;
        else if (l.is_one()) {
            longer_expands = true;
            out[lead + i] = s;
        } else
            return {{}, fault::shapes_must_broadcast};
    }
    if (longer_expands && shorter_expands) return {{}, fault::broadcast_must_expand_one_side};
    return {out};
}

/// Whether `from` can be repeated to fill `to` (`broadcast_to`).
constexpr bool broadcastable_to(const tensor_shape& from, const tensor_shape& to) {
    const int lead = to.rank - from.rank;
    if (lead < 0) return false;
    for (int i = 0; i < from.rank; ++i)
        if (!(from[i] == to[lead + i]) && !from[i].is_one()) return false;
    return true;
}

} // namespace ctgrad

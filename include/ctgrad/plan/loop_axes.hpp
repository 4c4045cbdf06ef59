// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/loop.hpp>

/// @file Other orders of the axes of a loop that has been written out.

namespace ctgrad::detail {

template <class Visit>
constexpr void for_each_walk(draft_loop& loop, Visit visit) {
    for (walk& w : loop.loads) visit(w);
    for (loop_output& r : loop.outputs) visit(r.out);
}

constexpr bool is_coordinate_axis(const draft_loop& loop, int axis) {
    for (const term& t : loop.terms)
        if (t.kind == term_kind::coordinate && t.detail == axis) return true;
    return false;
}

/// Makes one axis of two where every walk goes straight on.
constexpr void collapse_axes(draft_loop& loop) {
    for (int k = loop.rank - 2; k >= 0; --k) {
        bool straight = !is_coordinate_axis(loop, k) && !is_coordinate_axis(loop, k + 1);
        for_each_walk(loop, [&](const walk& w) { straight = straight && w.stride[k] == w.stride[k + 1] * loop.extent[k + 1]; });
        if (!straight) continue;
        loop.extent[k + 1] = loop.extent[k] * loop.extent[k + 1];
        for (int j = k; j + 1 < loop.rank; ++j) {
            loop.extent[j] = loop.extent[j + 1];
            for_each_walk(loop, [j](walk& w) { w.stride[j] = w.stride[j + 1]; });
        }
        for (term& t : loop.terms)
            if (t.kind == term_kind::coordinate && t.detail > k) --t.detail;
        --loop.rank;
    }
}

/// Has the two innermost axes change places.
constexpr void swap_inner_axes(draft_loop& loop) {
    const int inner = loop.rank - 1;
    auto swap = [inner](extent_product* axes) {
        const extent_product last = axes[inner];
        axes[inner] = axes[inner - 1];
        axes[inner - 1] = last;
    };
    swap(loop.extent);
    for_each_walk(loop, [&](walk& w) { swap(w.stride); });
    for (term& t : loop.terms)
        if (t.kind == term_kind::coordinate && t.detail >= inner - 1)
            t.detail = static_cast<std::int16_t>(t.detail == inner ? inner - 1 : inner);
}

/// Marks the terms that are the same along the innermost axis.
constexpr void mark_invariants(draft_loop& loop) {
    const int inner = loop.rank - 1;
    for (term& t : loop.terms) {
        t.invariant = true;
        if (t.kind == term_kind::load)
            t.invariant = inner < 0 || loop.loads[t.detail].stride[inner].factor == 0;
        else if (t.kind == term_kind::coordinate)
            t.invariant = t.detail != inner;
        else if (t.kind == term_kind::apply)
            for (int k = 0; k < max_arity; ++k)
                if (t.inputs[k] >= 0 && !loop.terms[t.inputs[k]].invariant) t.invariant = false;
    }
}

} // namespace ctgrad::detail

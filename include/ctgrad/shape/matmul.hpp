// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/shape/broadcast.hpp>

#include <initializer_list>

namespace ctgrad {

/// `[..., M, K]` times `[..., K, N]` is `[..., M, N]`; the leading (batch) axes are the same.
constexpr shape_or_fault matmul_shape(const tensor_shape& a, const tensor_shape& b) {
    if (a.rank < 2 || b.rank < 2) return {{}, fault::matmul_operands_must_be_matrices};
    if (!(a[a.rank - 1] == b[b.rank - 2])) return {{}, fault::matmul_inner_dimensions_must_match};
    if (a.rank != b.rank) return {{}, fault::batch_dimensions_must_match};
    for (int i = 0; i < a.rank - 2; ++i)
        if (!(a[i] == b[i])) return {{}, fault::batch_dimensions_must_match};
    tensor_shape out = a;
    out[a.rank - 1] = b[b.rank - 1];
    return {out};
}

/// Whether two shapes surely hold the same number of elements: the same named dimensions, counted,
/// and the same product of the static ones.
constexpr bool same_size(const tensor_shape& a, const tensor_shape& b) {
    if (a.static_size() != b.static_size()) return false;
    auto count = [](const tensor_shape& s, const symbol* name) {
        int n = 0;
        for (int i = 0; i < s.rank; ++i) n += !s[i].is_static() && *s[i].name == *name ? 1 : 0;
        return n;
    };
    for (const tensor_shape* s : {&a, &b})
        for (int i = 0; i < s->rank; ++i)
            if (!(*s)[i].is_static() && count(a, (*s)[i].name) != count(b, (*s)[i].name)) return false;
    return true;
}

} // namespace ctgrad

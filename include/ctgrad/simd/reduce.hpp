// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/compare.hpp>

namespace ctgrad::simd {

namespace detail {

/// The same for the lanes of one register, which are not taken apart: g++ would add two of them by the slower vhaddps.
template <int Half, class T, int W, class Combine, int... I>
[[gnu::always_inline]] inline T reduce_register(vec<T, W> v, Combine combine, index_pack<int, I...> all) {
    if constexpr (Half == 0)
        return v[0];
    else
        return reduce_register<Half / 2>(combine(v, vec<T, W>{__builtin_shufflevector(v.native, v.native, (I ^ Half)...)}), combine, all);
}

/// Combines the halves until one lane is left: the same tree whatever the machine.
template <class T, int W, class Combine>
[[gnu::always_inline]] inline T reduce(vec<T, W> v, Combine combine) {
    if constexpr (sizeof v <= 16)
        return reduce_register<W / 2>(v, combine, indices<W>{});
    else
        return reduce(combine(lower(v), upper(v)), combine);
}

struct add {
    template <class V>
    [[gnu::always_inline]] V operator()(V a, V b) const {
        return a + b;
    }
};
struct multiply {
    template <class V>
    [[gnu::always_inline]] V operator()(V a, V b) const {
        return a * b;
    }
};
struct larger {
    template <class V>
    [[gnu::always_inline]] V operator()(V a, V b) const {
        return max(a, b);
    }
};
struct smaller {
    template <class V>
    [[gnu::always_inline]] V operator()(V a, V b) const {
        return min(a, b);
    }
};

} // namespace detail

/// The sum of the lanes: lane i with lane i + W/2, the W/2 sums likewise, and so on.
template <class T, int W>
[[gnu::always_inline]] inline T reduce_add(vec<T, W> v) {
    return detail::reduce(v, detail::add{});
}
/// The product of the lanes, in the order of reduce_add.
template <class T, int W>
[[gnu::always_inline]] inline T reduce_mul(vec<T, W> v) {
    return detail::reduce(v, detail::multiply{});
}
/// The largest lane; NaN if one is.
template <class T, int W>
[[gnu::always_inline]] inline T reduce_max(vec<T, W> v) {
    return detail::reduce(v, detail::larger{});
}
/// The smallest lane; NaN if one is.
template <class T, int W>
[[gnu::always_inline]] inline T reduce_min(vec<T, W> v) {
    return detail::reduce(v, detail::smaller{});
}

} // namespace ctgrad::simd

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/view.hpp>
#include <ctgrad/runtime/sizes.hpp>
#include <ctgrad/simd/any.hpp>
#include <ctgrad/simd/memory.hpp>

#include <limits>

namespace ctgrad::detail {

/// What the elements of a leaf must lie below: a number, or the size of a named dimension.
struct index_bound {
    int leaf = -1; ///< As a node.
    std::int64_t extent = 0;
    int place = -1; ///< In the sizes, of a named dimension.
};

/// The bounds of the leaves of program `P` that are indices.
template <class P>
constexpr list<index_bound> find_index_bounds() {
    const graph_view g = P::graph();
    const auto input = [&g](const node& n) -> const node& { return g[n.inputs[0]]; };
    list<index_bound> bounds;
    for (int id = 0; id < g.size; ++id) {
        if (!g[id].op->bounds_indices) continue;
        const maybe<node> leaf = leaf_behind(g[g[id].inputs[0]], input);
        if (!leaf) continue;
        index_bound found;
        for (int i = 0; i < P::plan.leaf_count; ++i)
            if (g[P::plan.leaves[i]].hash == leaf->hash) found.leaf = P::plan.leaves[i];
        const dimension below = g[id].op->index_bound(g[id]);
        if (below.is_static())
            found.extent = below.extent;
        else
            found.place = P::plan.dimensions.index_of(below.name);
        bounds.push_back(found);
    }
    return bounds;
}

template <class P>
struct index_bounds {
    static constexpr int count = find_index_bounds<P>().size();
    struct table {
        counted<index_bound, count> bound{};
    };
    static constexpr table all = [] {
        const list<index_bound> found = find_index_bounds<P>();
        table t;
        for (int i = 0; i < count; ++i) t.bound[i] = found[i];
        return t;
    }();
};

/// Whether all indices lie in [0, bound).
inline bool all_below(const std::int32_t* indices, std::size_t count, std::int64_t bound) {
    using lanes = simd::vec<std::int32_t, simd::native_lanes<std::int32_t>>;
    constexpr std::size_t width = static_cast<std::size_t>(lanes::lanes);
    constexpr std::int32_t largest = std::numeric_limits<std::int32_t>::max();
    if (bound <= 0) return count == 0;
    const lanes last(static_cast<std::int32_t>(bound - 1 < largest ? bound - 1 : largest)), positive(largest);
    lanes outside(0); // negative where an index, or its distance from the last, was negative
    std::size_t i = 0;
    for (; i + width <= count; i += width) {
        const lanes index = simd::load<lanes>(indices + i);
        outside = outside | index | (last - (index & positive));
    }
    if (i < count) {
        const lanes index = simd::load_partial<lanes>(indices + i, count - i);
        outside = outside | index | (last - (index & positive));
    }
    return !simd::any(outside < lanes(0));
}

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_index(std::string_view leaf, const std::int32_t* indices, std::size_t count,
                                                                std::int64_t bound) {
    std::size_t at = 0;
    while (at + 1 < count && indices[at] >= 0 && indices[at] < bound) ++at;
    fail(error_text("ctgrad: '") << leaf << "' expects indices in [0," << bound << ") but was given " << indices[at] << " as element "
                                 << at);
}

} // namespace ctgrad::detail

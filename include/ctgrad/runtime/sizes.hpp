// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>
#include <ctgrad/plan/extent.hpp>
#include <ctgrad/runtime/data.hpp>

#include <string>

namespace ctgrad::detail {

/// The name of a leaf, the op of another node.
constexpr std::string_view label_of(const auto& n) { return n.op->is_named() ? n.name->text : n.op->name; }

template <class Node>
[[noreturn, gnu::cold]] void refuse_data(const Node& leaf, const bound_data& given, const dimension_table& table,
                                                const std::int64_t* sizes) {
    std::string expected, extents;
    for (int k = 0; k < leaf.shape.rank; ++k) {
        const int named = leaf.shape[k].is_static() ? -1 : table.index_of(leaf.shape[k].name);
        expected += (k ? "," : "") + to_string(leaf.shape[k]);
        if (named >= 0 && sizes[named] >= 0) expected += "=" + std::to_string(sizes[named]);
    }
    for (int k = 0; k < given.rank; ++k) extents += (k ? "," : "") + std::to_string(given.extent[k]);
    fail("ctgrad: '" + std::string(label_of(leaf)) + "' expects [" + expected + "] but was given " +
                (given.rank >= 0 ? "[" + extents + "]" : std::to_string(given.count) + " elements"));
}

/// Finds out the sizes of named dimensions from data, and whether all data agree. `settle` is called
/// for every leaf until nothing new is learnt; then every leaf is checked.
class size_solver {
public:
    size_solver(const dimension_table& table, std::int64_t* sizes) : table_(table), sizes_(sizes) {
        for (int i = 0; i < table.count; ++i) sizes[i] = -1;
    }

    /// Learns what one leaf's data say. Returns whether a size became known.
    template <class Node>
    bool learn(const Node& leaf, const bound_data& given) {
        bool news = false;
        if (given.rank >= 0 && given.rank != leaf.shape.rank) refuse(leaf, given);
        for (int k = 0; k < given.rank; ++k)
            if (const std::int64_t size = known_extent(leaf.shape[k]); size >= 0 && size != given.extent[k]) refuse(leaf, given);
        std::int64_t known = 1;
        int open = -1, open_count = 0;
        for (int k = 0; k < leaf.shape.rank; ++k) {
            const int named = leaf.shape[k].is_static() ? -1 : table_.index_of(leaf.shape[k].name);
            std::int64_t size = known_extent(leaf.shape[k]);
            if (given.rank >= 0 && size < 0 && named >= 0) {
                news = true;
                size = sizes_[named] = given.extent[k];
            }
            if (size >= 0)
                known *= size;
            else {
                open_count += named != open ? 1 : 2;
                open = named;
            }
        }
        if (open_count == 1 && open >= 0) {
            if (known == 0 || static_cast<std::int64_t>(given.count) % known != 0) refuse(leaf, given);
            sizes_[open] = static_cast<std::int64_t>(given.count) / known;
            news = true;
        }
        return news;
    }

    /// Checks data against a shape, with the sizes learnt by then if it has named dimensions.
    template <bool Static, class Node>
    [[gnu::always_inline]] void check(const Node& leaf, const bound_data& given) const {
        std::int64_t size = leaf.shape.static_size();
        bool same = true;
        if constexpr (!Static) size *= named_size(leaf);
        if (given.rank >= 0) same = same_extents(leaf, given);
        if (!same || static_cast<std::size_t>(size) != given.count) refuse(leaf, given);
        if (given.elements == nullptr && given.count > 0)
            fail("ctgrad: '" + std::string(label_of(leaf)) + "' was given a null pointer");
    }

private:
    /// The product of the named extents.
    template <class Node>
    std::int64_t named_size(const Node& leaf) const {
        std::int64_t size = 1;
        for (int k = 0; k < leaf.shape.rank; ++k) {
            if (leaf.shape[k].is_static()) continue;
            const std::int64_t extent = known_extent(leaf.shape[k]);
            if (extent < 0)
                fail("ctgrad: the size of dimension '" + std::string(leaf.shape[k].name->text) +
                            "' does not follow from the data: bind view(pointer, extents...) to '" + std::string(label_of(leaf)) + "'");
            size *= extent;
        }
        return size;
    }

    template <class Node>
    bool same_extents(const Node& leaf, const bound_data& given) const {
        if (given.rank != leaf.shape.rank) return false;
        for (int k = 0; k < given.rank; ++k)
            if (known_extent(leaf.shape[k]) != given.extent[k]) return false;
        return true;
    }

    /// The extent of `d`, or -1.
    std::int64_t known_extent(const dimension& d) const {
        if (d.is_static()) return d.extent;
        const int named = table_.index_of(d.name);
        return named < 0 ? -1 : sizes_[named];
    }

    template <class Node>
    [[noreturn]] void refuse(const Node& leaf, const bound_data& given) const { refuse_data(leaf, given, table_, sizes_); }

    const dimension_table& table_;
    std::int64_t* sizes_;
};

} // namespace ctgrad::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/core/error.hpp>
#include <ctgrad/kernel/loop_body.hpp>
#include <ctgrad/plan/extent.hpp>
#include <ctgrad/runtime/data.hpp>

#include <string_view>

namespace ctgrad::detail {

/// The name of a leaf, the op of another node.
constexpr std::string_view label_of(const auto& n) { return n.op->is_named() ? n.name->text : n.op->name; }

/// What an error says of a node that data are given for. It is no `node`: a node that machine code refers to
/// makes the compiler emit the passes too.
struct expected_data {
    std::string_view name;
    int rank = 0;
    std::int64_t extent[max_rank]{};
    std::string_view dimension[max_rank]{}; ///< The name of a named one.
    int place[max_rank]{};                  ///< In the sizes, of a named one; else -1.
};

template <class P, int Id>
inline constexpr expected_data expected = [] {
    constexpr const node& n = P::graph()[Id];
    expected_data e{label_of(n), n.shape.rank};
    for (int k = 0; k < n.shape.rank; ++k) {
        e.place[k] = n.shape[k].is_static() ? -1 : P::plan.dimensions.index_of(n.shape[k].name);
        if (n.shape[k].is_static())
            e.extent[k] = n.shape[k].extent;
        else
            e.dimension[k] = n.shape[k].name->text;
    }
    return e;
}();

/// Sizes of the named dimensions of a program.
template <int Count>
struct named_sizes {
    counted<std::int64_t, Count> size{};
};

/// Sizes of those that are known.
struct known_sizes {
    std::int64_t size[max_named_dimensions]{};
    unsigned known = 0; ///< As a set.
};

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_data(const expected_data& leaf, const data_extents& given,
                                                               const known_sizes& sizes) {
    error_text text("ctgrad: '");
    text << leaf.name << "' expects [";
    for (int k = 0; k < leaf.rank; ++k) {
        const bool named = leaf.place[k] >= 0, known = named && (sizes.known >> leaf.place[k] & 1u) != 0;
        text << (k ? "," : "") << leaf.dimension[k] << (known ? "=" : "");
        if (known || !named) text << (named ? sizes.size[leaf.place[k]] : leaf.extent[k]);
    }
    text << "] but was given ";
    if (given.rank < 0) fail(text << given.count << " elements");
    for (int k = 0; k < given.rank; ++k) text << (k ? "," : "[") << given.extent[k];
    fail(text << (given.rank > 0 ? "]" : "[]"));
}
[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_null(std::string_view leaf) {
    fail(error_text("ctgrad: '") << leaf << "' was given a null pointer");
}
[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_misaligned(std::string_view leaf, std::size_t alignment) {
    fail(error_text("ctgrad: '") << leaf << "' expects an address that is a multiple of " << alignment << " but was given another");
}
[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_gaps(std::string_view leaf) {
    fail(error_text("ctgrad: '") << leaf << "' expects elements that lie row by row without gaps: give a copy of the block");
}
[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_open_size(std::string_view dimension, std::string_view leaf) {
    fail(error_text("ctgrad: the size of dimension '")
         << dimension << "' does not follow from the data: bind view(pointer, extents...) to '" << leaf << "'");
}

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_unknown_size(std::string_view dimension) {
    fail(error_text("ctgrad: no leaf that the program reads has dimension '") << dimension << "', so no data say its size");
}

/// Node `Id` of program `P` and what data for it say of the sizes of named dimensions.
template <class P, int Id>
struct sized_node {
    using sizes_of = named_sizes<P::plan.dimensions.count>;
    static constexpr extent_list shape = extents_of(P::graph()[Id].shape, P::plan.dimensions);
    static constexpr extent_product size = size_of(P::graph()[Id].shape, P::plan.dimensions);
    /// The named dimensions that it has.
    static constexpr unsigned dimensions = [] {
        unsigned all = 0;
        for (int k = 0; k < shape.rank; ++k)
            for (int d = 0; d < max_named_dimensions; ++d) all |= shape.extent[k].power[d] != 0 ? 1u << d : 0u;
        return all;
    }();

    /// The named dimensions that are known once data of type `D` are, if those in `known` were before.
    template <class D>
    static constexpr unsigned known_after(unsigned known) {
        const unsigned open = dimensions & ~known;
        if (has_extents<const D, shape.rank>) return dimensions;
        for (int d = 0; d < max_named_dimensions; ++d)
            if (open == 1u << d && size.power[d] == 1) return dimensions;
        return dimensions & known;
    }

    /// Takes the sizes that follow from `data`, where the dimensions in `Known` are known.
    template <unsigned Known, class D>
    [[gnu::always_inline]] static void take_sizes(const D& data, sizes_of& sizes) {
        constexpr unsigned open = dimensions & ~Known;
        if constexpr (has_extents<const D, shape.rank>) {
            if (rank_in(data) != shape.rank) refuse<Known>(data, sizes);
            unrolled(up_to<shape.rank>, [&]<int K>() __attribute__((always_inline)) {
                if constexpr ((named<K>() & open) == 0)
                    if (extent_in(data, K) != value_of<shape.extent[K]>(sizes.size)) refuse<Known>(data, sizes);
            });
            unrolled(up_to<shape.rank>, [&]<int K>() __attribute__((always_inline)) {
                constexpr int axis = shape.rank - 1 - K; // of two axes of one name the first counts
                if constexpr ((named<axis>() & open) != 0) {
                    if (extent_in(data, axis) < 0) refuse<Known>(data, sizes);
                    sizes.size[place<named<axis>()>] = extent_in(data, axis);
                }
            });
        } else {
            constexpr extent_product others = [] {
                extent_product product = size;
                product.power[place<open>] = 0;
                return product;
            }();
            const auto count = count_in(data), known = static_cast<std::size_t>(value_of<others>(sizes.size));
            if (known == 0 || count % known != 0) refuse<Known>(data, sizes);
            sizes.size[place<open>] = static_cast<std::int64_t>(count / known);
        }
    }

    /// Refuses data of another shape. All sizes are known.
    template <class D>
    [[gnu::always_inline]] static void check(const D& data, const sizes_of& sizes) {
        const std::size_t count = count_in(data);
        if constexpr (has_extents<const D, shape.rank>) {
            if (rank_in(data) != shape.rank) refuse<dimensions>(data, sizes);
            unrolled(up_to<shape.rank>, [&]<int K>() __attribute__((always_inline)) {
                if (extent_in(data, K) != value_of<shape.extent[K]>(sizes.size)) refuse<dimensions>(data, sizes);
            });
        } else if constexpr (matrix_data<const D>)
            if (!has_rows_of(data, sizes)) refuse_given<dimensions>(extents_in(data), sizes);
        if (count != static_cast<std::size_t>(value_of<size>(sizes.size))) refuse<dimensions>(data, sizes);
    }

private:
    /// Whether a matrix has a row for each element of the first axis. A vector has none of its own.
    template <class D>
    [[gnu::always_inline]] static bool has_rows_of(const D& data, const sizes_of& sizes) {
        if constexpr (static_matrix<D>::is_vector || shape.rank == 0)
            return true;
        else if constexpr (shape.rank == 1)
            return extent_in(data, 0) == 1 || extent_in(data, 1) <= 1;
        else
            return extent_in(data, 0) == value_of<shape.extent[0]>(sizes.size);
    }
    template <unsigned Known, class D>
    [[noreturn, gnu::always_inline]] static void refuse(const D& data, const sizes_of& sizes) {
        if constexpr (has_extents<const D, shape.rank>)
            refuse_given<Known>(extents_in(data), sizes);
        else
            refuse_given<Known>(count_in(data), sizes);
    }
    /// It takes copies, so that what a call knows can stay in registers.
    template <unsigned Known, class Given>
    [[noreturn, gnu::cold, gnu::noinline]] static void refuse_given(Given given, sizes_of sizes) {
        known_sizes known;
        known.known = Known;
        for (int i = 0; i < P::plan.dimensions.count; ++i) known.size[i] = sizes.size[i];
        refuse_data(expected<P, Id>, data_extents{given}, known);
    }
    /// The only dimension in a set.
    template <unsigned Set>
    static constexpr int place = [] {
        int d = 0;
        while (d + 1 < max_named_dimensions && Set >> d != 1u) ++d;
        return d;
    }();
    /// The named dimension of axis `K`, as a set.
    template <int K>
    static constexpr unsigned named() {
        for (int d = 0; d < max_named_dimensions; ++d)
            if (shape.extent[K].power[d] != 0) return 1u << d;
        return 0;
    }
};

} // namespace ctgrad::detail

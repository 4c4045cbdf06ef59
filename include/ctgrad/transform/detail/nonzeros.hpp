// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/expr.hpp>
#include <ctgrad/graph/count_nodes.hpp>
#include <ctgrad/ops/concat.hpp>
#include <ctgrad/transform/detail/structural_zeros.hpp>
#include <ctgrad/transform/simplify.hpp>

/// @file The elements of an expression that may differ from 0, by its form. Along a leading named dimension all examples are alike: they
/// are those of one example, a block.

namespace ctgrad::detail {

/// Whether the first axis is a named dimension, and the others are static.
constexpr bool has_blocks(const tensor_shape& s) {
    if (s.rank == 0 || s[0].is_static()) return false;
    for (int k = 1; k < s.rank; ++k)
        if (!s[k].is_static()) return false;
    return true;
}
/// What a pattern counts: all elements, or those of one example.
constexpr tensor_shape block_of(const tensor_shape& s) {
    tensor_shape block;
    for (int k = has_blocks(s) ? 1 : 0; k < s.rank; ++k) block.append(s[k]);
    return block;
}
template <class E>
inline constexpr tensor_shape pattern_shape = block_of(E::shape());

/// Rows and columns of an expression: a vector is one row.
template <class E>
inline constexpr int pattern_columns =
    pattern_shape<E>.rank == 0 ? 1 : static_cast<int>(pattern_shape<E>[pattern_shape<E>.rank - 1].extent);
template <class E>
inline constexpr int pattern_rows = static_cast<int>(pattern_shape<E>.static_size()) / (pattern_columns<E> > 0 ? pattern_columns<E> : 1);

/// Whether so many elements are all taken for what may differ from 0.
template <class E>
inline constexpr bool is_taken_for_dense = pattern_shape<E>.static_size() > 4096;

/// `g` of one example: named dimensions have extent 1.
constexpr draft_graph of_one_example(graph_view g) {
    draft_graph one;
    for (int id = 0; id < g.size; ++id) {
        node n = g[id];
        for (int k = 0; k < n.shape.rank; ++k)
            if (!n.shape[k].is_static()) n.shape[k] = dimension(1);
        one.nodes.push_back(n);
    }
    one.roots.push_back(g.roots[0]);
    return one;
}

/// For each element of `E`, row by row, whether it may differ from 0.
template <class E>
struct element_mask {
    counted<bool, pattern_rows<E> * pattern_columns<E>> may{};
    int count = 0;

    constexpr element_mask() {
        const draft_graph one = of_one_example(E::graph());
        const structural_zeros zeros(one.view());
        for (int at = 0; at < pattern_rows<E> * pattern_columns<E>; ++at) count += may[at] = zeros.may_differ(one.roots[0], at);
    }
};
template <class E>
inline constexpr element_mask<E> mask_of_elements{};

/// The elements of `E` that may differ from 0, one after the other: [nnz], or [N, nnz].
template <class E>
struct make_nonzeros {
    static constexpr int expected_size = 2 * count_nodes(E::root());

    constexpr draft_graph operator()() const {
        using slice = deferred_t<slice_op, E>;
        using concat = deferred_t<concat_op, E>;
        using reshaped = deferred_t<reshape_op, E>;
        constexpr int blocks = has_blocks(E::shape()) ? 1 : 0;
        builder made(simplify<deferred_t<void, E>>);
        const ref whole = made.import(E::root());
        attributes along, one;
        along.numbers[0] = blocks;
        if (blocks == 1) one.shape.append(E::shape()[0]);
        tensor_shape none = one.shape;
        none.append(0);
        one.shape.append(1);
        ref all{};
        int at = 0;
        const auto take = [&](const std::int64_t* index) {
            if (!mask_of_elements<E>.may[at++]) return;
            attributes box;
            if (blocks == 1) box.shape.append(E::shape()[0]);
            for (int k = blocks; k < E::rank; ++k) {
                box.shape.append(1);
                box.numbers[k] = static_cast<std::int32_t>(index[k - blocks]);
            }
            const ref element = apply<reshaped>(one, apply<slice>(box, whole));
            all = all ? apply<concat>(along, all, element) : element;
        };
        std::int64_t extent[max_rank]{};
        for (int k = blocks; k < E::rank; ++k) extent[k - blocks] = E::shape()[k].extent;
        for_each_index(E::rank - blocks, extent, take);
        list<ref> roots;
        roots.push_back(all ? all : constant(made, 0, E::type(), none));
        return extract(made, roots);
    }
};
/// All elements of `E`, one after the other.
template <class E>
struct make_all_elements {
    static constexpr int expected_size = 2 + count_nodes(E::root());

    constexpr draft_graph operator()() const {
        builder made(simplify<deferred_t<void, E>>);
        attributes one;
        if (has_blocks(E::shape())) one.shape.append(E::shape()[0]);
        one.shape.append(pattern_shape<E>.static_size());
        list<ref> roots;
        roots.push_back(apply<deferred_t<reshape_op, E>>(one, made.import(E::root())));
        return extract(made, roots);
    }
};
template <class E>
using nonzeros_of = typename lifted<std::conditional_t<is_taken_for_dense<E>, make_all_elements<E>, make_nonzeros<E>>>::template root<0>;

} // namespace ctgrad::detail

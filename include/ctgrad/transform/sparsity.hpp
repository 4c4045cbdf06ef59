// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/detail/structural_zeros.hpp>
#include <ctgrad/transform/hessian.hpp>

namespace ctgrad {

/// Where a matrix may have elements other than 0, row by row (compressed rows): those of row i stand in the columns
/// `column[row_start[i]]`, ... `column[row_start[i + 1] - 1]`.
/// @tparam Rows, Columns its extents. @tparam Nonzeros how many there are.
template <int Rows, int Columns, int Nonzeros>
struct sparsity_pattern {
    static constexpr int rows = Rows;
    static constexpr int columns = Columns;
    static constexpr int nnz = Nonzeros;
    counted<int, Rows + 1> row_start{};
    counted<int, Nonzeros> column{};
};

namespace detail {

/// Rows and columns of an expression: a vector is one row.
template <class E>
inline constexpr int pattern_columns = E::rank == 0 ? 1 : static_cast<int>(E::shape()[E::rank - 1].extent);
template <class E>
inline constexpr int pattern_rows = static_cast<int>(E::shape().static_size()) / (pattern_columns<E> > 0 ? pattern_columns<E> : 1);

/// For each element of `E`, row by row, whether it may differ from 0.
template <class E>
struct element_mask {
    counted<bool, pattern_rows<E> * pattern_columns<E>> may{};
    int count = 0;

    constexpr element_mask() {
        const auto graph = E::graph();
        const structural_zeros zeros(graph);
        for (int at = 0; at < pattern_rows<E> * pattern_columns<E>; ++at) count += may[at] = zeros.may_differ(graph.roots[0], at);
    }
};
template <class E>
inline constexpr element_mask<E> mask_of_elements{};

template <class E>
inline constexpr auto pattern_of = [] {
    constexpr int rows = pattern_rows<E>, columns = pattern_columns<E>;
    sparsity_pattern<rows, columns, mask_of_elements<E>.count> p;
    int next = 0;
    for (int i = 0; i < rows; ++i) {
        p.row_start[i] = next;
        for (int j = 0; j < columns; ++j)
            if (mask_of_elements<E>.may[i * columns + j]) p.column[next++] = j;
    }
    p.row_start[rows] = next;
    return p;
}();

/// What is wrong with asking for the pattern of `E`.
template <class E>
constexpr finding check_pattern(std::string_view function) {
    if constexpr (is_poison<E>)
        return fault::reported;
    else if constexpr (!E::shape().is_static())
        return {fault::dimension_must_be_static, function, phrase_of(E::shape())};
    else
        return {};
}
template <class E>
struct sparsity_check {
    static constexpr finding found = check_pattern<E>("sparsity");
};
/// Refuses the first of them that has no pattern.
template <class E, class... More>
constexpr auto refuse_patterns() {
    if constexpr (!sparsity_check<E>::found.is_fine())
        return refuse<sparsity_check<E>>();
    else
        return refuse_patterns<More...>();
}

/// The elements of `E` that may differ from 0, one after the other.
template <class E>
struct make_nonzeros {
    static constexpr int expected_size = 2 * count_nodes(E::root());

    constexpr draft_graph operator()() const {
        using slice = deferred_t<slice_op, E>;
        using concat = deferred_t<concat_op, E>;
        using reshaped = deferred_t<reshape_op, E>;
        builder made(simplify<deferred_t<void, E>>);
        const ref whole = made.import(E::root());
        attributes along;
        ref all{};
        int at = 0;
        const auto take = [&](const std::int64_t* index) {
            if (!mask_of_elements<E>.may[at++]) return;
            attributes box, one;
            for (int k = 0; k < E::rank; ++k) {
                box.shape.append(1);
                box.numbers[k] = static_cast<std::int32_t>(index[k]);
            }
            one.shape = ctgrad::shape(1);
            const ref element = apply<reshaped>(one, apply<slice>(box, whole));
            all = all ? apply<concat>(along, all, element) : element;
        };
        std::int64_t extent[max_rank]{};
        for (int k = 0; k < E::rank; ++k) extent[k] = E::shape()[k].extent;
        for_each_index(E::rank, extent, take);
        list<ref> roots;
        roots.push_back(all ? all : constant(made, 0, E::type(), ctgrad::shape(0)));
        return extract(made, roots);
    }
};
template <class E>
using nonzeros_of = typename lifted<make_nonzeros<E>>::template root<0>;

} // namespace detail

/// Where the elements of `x` may differ from 0, whatever its leaves hold: by its form, known when the program is compiled. Of a Jacobian:
/// `static_assert(sparsity(jacobian(y, q)[q]).nnz == 17)`. What is no matrix counts by its last axis: a vector is one row.
/// @returns a `sparsity_pattern`, a constant.
/// **Fails when** an extent is a named dimension (`dimension_must_be_static`).
template <expression E>
constexpr auto sparsity(E) {
    if constexpr (!detail::sparsity_check<E>::found.is_fine())
        return refuse<detail::sparsity_check<E>>();
    else
        return detail::pattern_of<E>;
}

/// The elements of the Jacobian that may differ from 0, in the order of `sparsity(jacobian(y, q)[q])`: `sparse_jacobian(y, q)[q]`, [nnz].
/// The others are not computed. For short results and leaves; more elements than some thousands all count.
/// **Fails when** as `jacobian` and `sparsity` do.
template <expression Y, expression... V>
constexpr auto sparse_jacobian(Y y, V... leaves) {
    constexpr auto all = jacobian(y, leaves...);
    if constexpr (detail::is_poison<std::remove_const_t<decltype(all)>>)
        return poison{};
    else if constexpr ((!detail::sparsity_check<std::remove_const_t<decltype(all[leaves])>>::found.is_fine() || ...))
        return detail::refuse_patterns<std::remove_const_t<decltype(all[leaves])>...>();
    else
        return gradients<detail::gradient_of<V, detail::nonzeros_of<std::remove_const_t<decltype(all[leaves])>>>...>{};
}

/// The elements of the Hessian block of one leaf with itself that may differ from 0, in the order of `sparsity(hessian(loss, w)[w][w])`:
/// `sparse_hessian(loss, w)[w]`, [nnz]; both sides of the diagonal.
/// **Fails when** as `hessian` and `sparsity` do.
template <expression L, expression V>
constexpr auto sparse_hessian(L loss, V leaf) {
    constexpr auto all = hessian(loss, leaf);
    if constexpr (detail::is_poison<std::remove_const_t<decltype(all)>>)
        return poison{};
    else {
        using block = std::remove_const_t<decltype(all[leaf][leaf])>;
        if constexpr (!detail::sparsity_check<block>::found.is_fine())
            return refuse<detail::sparsity_check<block>>();
        else
            return gradients<detail::gradient_of<V, detail::nonzeros_of<block>>>{};
    }
}

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/batch_jacobian.hpp>
#include <ctgrad/transform/detail/diagonal_elements.hpp>
#include <ctgrad/transform/detail/nonzeros.hpp>
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

    /// Row and column of element `at` of the elements that may differ from 0.
    constexpr int row_of(int at) const {
        int first = 0, end = Rows; // the row is among them
        while (end - first > 1) {
            const int middle = first + (end - first) / 2;
            (row_start[middle] <= at ? first : end) = middle;
        }
        return first;
    }
    constexpr int column_of(int at) const { return column[at]; }
};

/// A matrix of more than 4,096 elements, all of which may differ from 0 as far as is known.
template <int Rows, int Columns>
struct dense_pattern {
    static constexpr int rows = Rows;
    static constexpr int columns = Columns;
    static constexpr int nnz = Rows * Columns;

    static constexpr int row_of(int at) { return at / Columns; }
    static constexpr int column_of(int at) { return at % Columns; }
};

namespace detail {
constexpr int diagonal_size(int rows, int columns, int offset) {
    const int first = offset < 0 ? -offset : 0, end = columns - offset < rows ? columns - offset : rows;
    return end - first;
}
} // namespace detail

/// Where a large matrix may have elements other than 0: on some diagonals. The elements are those of one diagonal after the other, from
/// the lowest to the highest.
/// @tparam Offset of each diagonal: column minus row.
template <int Rows, int Columns, int... Offset>
struct diagonal_pattern {
    static constexpr int rows = Rows;
    static constexpr int columns = Columns;
    static constexpr int diagonals = static_cast<int>(sizeof...(Offset));
    static constexpr int nnz = (detail::diagonal_size(Rows, Columns, Offset) + ... + 0);
    counted<int, diagonals> offset{Offset...};
    counted<int, diagonals + 1> start{}; ///< Of each diagonal among all elements.

    constexpr diagonal_pattern() {
        for (int d = 0; d < diagonals; ++d) start[d + 1] = start[d] + detail::diagonal_size(Rows, Columns, offset[d]);
    }
    constexpr int row_of(int at) const {
        const int d = diagonal_of(at);
        return (offset[d] < 0 ? -offset[d] : 0) + at - start[d];
    }
    constexpr int column_of(int at) const { return row_of(at) + offset[diagonal_of(at)]; }

private:
    constexpr int diagonal_of(int at) const {
        int d = 0;
        while (start[d + 1] <= at) ++d;
        return d;
    }
};

namespace detail {

template <class E>
constexpr auto find_pattern() {
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
}
template <class E>
inline constexpr auto pattern_of = [] {
    if constexpr (is_taken_for_dense<E>)
        return dense_pattern<pattern_rows<E>, pattern_columns<E>>{};
    else
        return find_pattern<E>();
}();

/// What is wrong with asking for the pattern of `E`.
template <class E>
constexpr finding check_pattern(std::string_view function) {
    if constexpr (is_poison<E>)
        return fault::reported;
    else if constexpr (!pattern_shape<E>.is_static())
        return {fault::dimension_must_be_static, function, phrase_of(E::shape())};
    else
        return {};
}
template <class E>
struct sparsity_check {
    static constexpr finding found = check_pattern<E>("sparsity");
};

/// The matrix whose elements are wanted: of each example its own, where both sides have examples.
template <class Y, class V>
constexpr auto matrix_of() {
    constexpr auto all = [] {
        if constexpr (is_expr<Y> && is_expr<V>) {
            if constexpr (have_examples_first<Y, V>())
                return batch_jacobian(Y{}, V{});
            else
                return jacobian(Y{}, V{});
        } else
            return jacobian(Y{}, V{});
    }();
    if constexpr (is_poison<std::remove_const_t<decltype(all)>>)
        return poison{};
    else
        return all[V{}];
}

/// Calls `table(matrix)` or `diagonals(...)`, whichever way the Jacobian of `Y` by `V` is found; what is wrong is refused.
template <class Y, class V, bool Symmetric, class Table, class Diagonals>
constexpr auto by_structure(Table table, Diagonals diagonals) {
    constexpr bool is_long = [] {
        if constexpr (is_expr<Y> && leaf_expression<V>)
            return has_long_sides(Y::shape(), V::shape());
        else
            return false;
    }();
    if constexpr (is_long) {
        if constexpr (!diagonals_check<Y, V, Symmetric>::found.is_fine())
            return refuse<diagonals_check<Y, V, Symmetric>>();
        else
            return diagonals(diagonals_of<Y, V, Symmetric>{});
    } else {
        using matrix = decltype(matrix_of<Y, V>());
        if constexpr (is_poison<matrix>)
            return poison{};
        else if constexpr (!sparsity_check<matrix>::found.is_fine())
            return refuse<sparsity_check<matrix>>();
        else
            return table(matrix{});
    }
}

template <class Y, class V, bool Symmetric = false>
constexpr auto pattern_by_structure() {
    return by_structure<Y, V, Symmetric>(
        []<class E>(E) { return pattern_of<E>; },
        []<class All>(All) {
            return []<int... I>(std::integer_sequence<int, I...>) {
                return diagonal_pattern<static_cast<int>(Y::shape()[0].extent), static_cast<int>(V::shape()[0].extent),
                                        static_cast<int>(constant_value(All::graph.view().root(I + 1)))...>{};
            }(std::make_integer_sequence<int, All::graph.view().root_count - 1>{});
        });
}
template <class Y, class V, bool Symmetric = false>
constexpr auto elements_by_structure() {
    return by_structure<Y, V, Symmetric>([]<class E>(E) { return nonzeros_of<E>{}; },
                                         []<class All>(All) { return typename All::template root<0>{}; });
}

/// What is wrong with a loss and a leaf whose Hessian is found by its structure.
template <class L, class V>
struct structured_hessian_check {
    static constexpr finding found = [] {
        if constexpr (is_poison<L> || is_poison<V>)
            return finding(fault::reported);
        else if constexpr (constexpr finding loss = check_loss<L>("sparse_hessian"); !loss.is_fine())
            return loss;
        else if constexpr (constexpr finding leaves = check_wrt<L, V>("sparse_hessian"); !leaves.is_fine())
            return leaves;
        else
            return check_differentiable<L, V>("sparse_hessian");
    }();
};

/// The gradient that a Hessian by its structure is the Jacobian of; of a mistake poison.
template <class L, class V>
constexpr auto slope_of() {
    if constexpr (!structured_hessian_check<L, V>::found.is_fine())
        return refuse<structured_hessian_check<L, V>>();
    else
        return gradients_or_zeros<L, V>()[V{}];
}
/// Whether a Hessian is made as a whole first: it is a small one.
template <class L, class V>
constexpr bool has_small_hessian() {
    if constexpr (is_expr<L> && leaf_expression<V>)
        return !has_long_sides(V::shape(), V::shape()) && !has_blocks(V::shape());
    else
        return true;
}

} // namespace detail

/// Where the elements of `x` may differ from 0, whatever its leaves hold: by its form, known when the program is compiled. Of a Jacobian:
/// `static_assert(sparsity(jacobian(y, q)[q]).nnz == 17)`. What is no matrix counts by its last axis: a vector is one row. Behind a leading
/// named dimension all examples are alike: the pattern is that of one.
/// @returns a `sparsity_pattern`, a constant; of more than 4,096 elements a `dense_pattern`.
/// **Fails when** another extent is a named dimension (`dimension_must_be_static`).
template <expression E>
constexpr auto sparsity(E) {
    if constexpr (!detail::sparsity_check<E>::found.is_fine())
        return refuse<detail::sparsity_check<E>>();
    else
        return detail::pattern_of<E>;
}

/// Where `sparse_jacobian(y, leaf)[leaf]` has its elements: `row_of(k)` and `column_of(k)` of element k, `nnz` of them.
/// @returns a `sparsity_pattern`, or what `sparsity` gives; of one example where `y` is a batch, [N, ...]; of long vectors a
/// `diagonal_pattern`.
/// **Fails when** as `sparse_jacobian` does.
template <expression Y, expression V>
constexpr auto jacobian_sparsity(Y, V) {
    return detail::pattern_by_structure<Y, V>();
}

/// The elements of the Jacobian that may differ from 0, in the order of `jacobian_sparsity(y, q)`: `sparse_jacobian(y, q)[q]`, [nnz]. The
/// others are not computed. Of a batch, [N, ...], by a leaf of one dimension with it or of none: [N, nnz], of each example its own. Of long
/// vectors (more than 4,096 elements in the Jacobian) that are made by elementwise ops, slices and `concat`: diagonal by diagonal.
/// **Fails when** an op between long vectors makes of an element more than its neighbours (`jacobian_must_be_computable`), and where
/// `jacobian`, or for a batch `batch_jacobian`, and `sparsity` do.
template <expression Y, expression... V>
constexpr auto sparse_jacobian(Y, V...) {
    if constexpr ((detail::is_poison<decltype(detail::elements_by_structure<Y, V>())> || ...))
        return poison{};
    else
        return gradients<detail::gradient_of<V, decltype(detail::elements_by_structure<Y, V>())>...>{};
}

/// Where `sparse_hessian(loss, leaf)[leaf]` has its elements, as `jacobian_sparsity` says it.
template <expression L, expression V>
constexpr auto hessian_sparsity(L loss, V leaf) {
    if constexpr (detail::has_small_hessian<L, V>()) {
        constexpr auto all = hessian(loss, leaf);
        if constexpr (detail::is_poison<std::remove_const_t<decltype(all)>>)
            return poison{};
        else
            return sparsity(all[leaf][leaf]);
    } else
        return detail::pattern_by_structure<decltype(detail::slope_of<L, V>()), V, true>();
}

/// The elements of the Hessian block of one leaf with itself that may differ from 0, in the order of `hessian_sparsity(loss, w)`:
/// `sparse_hessian(loss, w)[w]`, [nnz]; both sides of the diagonal. Of a leaf [N, ...] whose examples are independent: [N, nnz]. Of a long
/// vector: diagonal by diagonal.
/// **Fails when** as `hessian` and `sparse_jacobian` (of the gradient) do.
template <expression L, expression V>
constexpr auto sparse_hessian(L loss, V leaf) {
    if constexpr (detail::has_small_hessian<L, V>()) {
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
    } else {
        using elements = decltype(detail::elements_by_structure<decltype(detail::slope_of<L, V>()), V, true>());
        if constexpr (detail::is_poison<elements>)
            return poison{};
        else
            return gradients<detail::gradient_of<V, elements>>{};
    }
}

} // namespace ctgrad

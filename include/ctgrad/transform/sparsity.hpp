// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/batch_jacobian.hpp>
#include <ctgrad/transform/detail/diagonal_elements.hpp>
#include <ctgrad/transform/detail/nonzeros.hpp>
#include <ctgrad/transform/hessian.hpp>
#include <ctgrad/transform/sparsity_pattern.hpp>

namespace ctgrad {

/// Arguments: the function, the shape of the result, the op.
template <fact Function, fact Result, fact Op>
CTGRAD_RULE(neighbours_must_be_few, "behind this op an element depends on more than a few others: ask for hvp or jvp.")
inline constexpr poison broken<fault::neighbours_must_be_few, Function, Result, Op>{};

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
    if constexpr (have_examples_first<Y, V>())
        return batch_jacobian(Y{}, V{})[V{}];
    else
        return jacobian(Y{}, V{})[V{}];
}
template <class Y, class V>
using matrix_type = decltype(matrix_of<Y, V>());

/// What is wrong with the Jacobian of `Y` by `V` by its structure; the functions that refuse it look themselves, as a compiler shows each
/// function between an error and the user's line.
template <class Y, class V, bool Symmetric>
constexpr finding check_structure() {
    constexpr std::string_view function = Symmetric ? "sparse_hessian" : "sparse_jacobian";
    if constexpr (is_poison<Y> || is_poison<V>)
        return fault::reported;
    else if constexpr (!leaf_expression<V>)
        return check_wrt<Y, V>("sparse_jacobian");
    else if constexpr (has_long_sides(Y::shape(), V::shape()))
        return check_diagonals<Y, V, Symmetric>(function);
    else {
        constexpr finding matrix = [] {
            if constexpr (have_examples_first<Y, V>())
                return batch_jacobian_check<Y, V>::found;
            else
                return jacobian_check<Y, passes::cheaper, V>::found;
        }();
        if constexpr (!matrix.is_fine())
            return matrix;
        else
            return sparsity_check<matrix_type<Y, V>>::found;
    }
}
template <class Y, class V, bool Symmetric = false>
struct structure_check {
    static constexpr finding found = check_structure<Y, V, Symmetric>();
};

template <class All, class Y, class V>
constexpr auto pattern_of_diagonals() {
    return []<int... I>(std::integer_sequence<int, I...>) {
        return diagonal_pattern<static_cast<int>(Y::shape()[0].extent), static_cast<int>(V::shape()[0].extent),
                                static_cast<int>(constant_value(All::graph.view().root(I + 1)))...>{};
    }(std::make_integer_sequence<int, All::graph.view().root_count - 1>{});
}
template <class Y, class V, bool Symmetric = false>
constexpr auto pattern_by_structure() {
    if constexpr (has_long_sides(Y::shape(), V::shape()))
        return pattern_of_diagonals<diagonals_of<Y, V, Symmetric>, Y, V>();
    else
        return pattern_of<matrix_type<Y, V>>;
}
template <class Y, class V, bool Symmetric = false>
constexpr auto elements_by_structure() {
    if constexpr (has_long_sides(Y::shape(), V::shape()))
        return typename diagonals_of<Y, V, Symmetric>::template root<0>{};
    else
        return nonzeros_of<matrix_type<Y, V>>{};
}

/// Whether a Hessian is made as a whole first: it is a small one.
template <class V>
constexpr bool has_small_hessian() {
    return !has_long_sides(V::shape(), V::shape()) && !has_blocks(V::shape());
}
template <class L, class V>
using block_type = std::remove_const_t<decltype(hessian(L{}, V{})[V{}][V{}])>;
/// The gradient that a Hessian by its structure is the Jacobian of.
template <class L, class V>
using slope_type = decltype(gradients_or_zeros<L, V>()[V{}]);

template <class L, class V>
constexpr finding check_hessian_structure() {
    if constexpr (is_poison<L> || is_poison<V>)
        return fault::reported;
    else if constexpr (constexpr finding loss = check_loss<L>("sparse_hessian"); !loss.is_fine())
        return loss;
    else if constexpr (constexpr finding leaves = check_wrt<L, V>("sparse_hessian"); !leaves.is_fine())
        return leaves;
    else if constexpr (has_small_hessian<V>()) {
        if constexpr (!hessian_check<L, V>::found.is_fine())
            return hessian_check<L, V>::found;
        else
            return sparsity_check<block_type<L, V>>::found;
    } else if constexpr (constexpr finding smooth = check_differentiable<L, V>("sparse_hessian"); !smooth.is_fine())
        return smooth;
    else
        return check_structure<slope_type<L, V>, V, true>();
}
template <class L, class V>
struct hessian_structure_check {
    static constexpr finding found = check_hessian_structure<L, V>();
};

/// Refuses the first of the leaves to which the Jacobian of `Y` has a mistake.
template <class Y, class V, class... More>
constexpr auto refuse_structures() {
    if constexpr (!structure_check<Y, V>::found.is_fine())
        return refuse<structure_check<Y, V>>();
    else
        return refuse_structures<Y, More...>();
}

} // namespace detail

/// Whether `sparse_jacobian(y, v...)` exists.
template <class Y, class... V>
concept has_sparse_jacobian =
    detail::is_expr<Y> && (detail::structure_check<std::remove_const_t<Y>, std::remove_const_t<V>>::found.is_fine() && ...);

/// Whether `sparse_hessian(loss, v)` exists.
template <class L, class V>
concept has_sparse_hessian =
    detail::is_expr<L> && detail::hessian_structure_check<std::remove_const_t<L>, std::remove_const_t<V>>::found.is_fine();

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
    if constexpr (!detail::structure_check<Y, V>::found.is_fine())
        return refuse<detail::structure_check<Y, V>>();
    else
        return detail::pattern_by_structure<Y, V>();
}

/// The elements of the Jacobian that may differ from 0, in the order of `jacobian_sparsity(y, q)`: `sparse_jacobian(y, q)[q]`, [nnz]. The
/// others are not computed. Of a batch, [N, ...], by a leaf of one dimension with it or of none: [N, nnz], of each example its own. Of long
/// vectors (more than 4,096 elements in the Jacobian) that are made by elementwise ops, slices and `concat`: diagonal by diagonal.
/// **Fails when** an op between long vectors makes of an element more than its neighbours (`neighbours_must_be_few`), and where
/// `jacobian`, or for a batch `batch_jacobian`, and `sparsity` do.
template <expression Y, expression... V>
constexpr auto sparse_jacobian(Y y, V...) {
    if constexpr (sizeof...(V) == 0)
        return jacobian(y); // which says so
    else if constexpr (!(detail::structure_check<Y, V>::found.is_fine() && ...))
        return detail::refuse_structures<Y, V...>();
    else
        return gradients<detail::gradient_of<V, decltype(detail::elements_by_structure<Y, V>())>...>{};
}

/// Where `sparse_hessian(loss, leaf)[leaf]` has its elements, as `jacobian_sparsity` says it.
template <expression L, expression V>
constexpr auto hessian_sparsity(L, V) {
    if constexpr (!detail::hessian_structure_check<L, V>::found.is_fine())
        return refuse<detail::hessian_structure_check<L, V>>();
    else if constexpr (detail::has_small_hessian<V>())
        return detail::pattern_of<detail::block_type<L, V>>;
    else
        return detail::pattern_by_structure<detail::slope_type<L, V>, V, true>();
}

/// The elements of the Hessian block of one leaf with itself that may differ from 0, in the order of `hessian_sparsity(loss, w)`:
/// `sparse_hessian(loss, w)[w]`, [nnz]; both sides of the diagonal. Of a leaf [N, ...] whose examples are independent: [N, nnz]. Of a long
/// vector: diagonal by diagonal.
/// **Fails when** as `hessian` and `sparse_jacobian` (of the gradient) do.
template <expression L, expression V>
constexpr auto sparse_hessian(L, V) {
    if constexpr (!detail::hessian_structure_check<L, V>::found.is_fine())
        return refuse<detail::hessian_structure_check<L, V>>();
    else if constexpr (detail::has_small_hessian<V>())
        return gradients<detail::gradient_of<V, detail::nonzeros_of<detail::block_type<L, V>>>>{};
    else
        return gradients<detail::gradient_of<V, decltype(detail::elements_by_structure<detail::slope_type<L, V>, V, true>())>>{};
}

} // namespace ctgrad

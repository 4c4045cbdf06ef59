// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/jacobian.hpp>

namespace ctgrad {

/// What `gauss_newton` gives.
template <expression Matrix, expression Vector>
struct normal_equations {
    Matrix matrix; ///< J^T J, [n,n].
    Vector vector; ///< J^T r, [n].
};

namespace detail {

/// J^T J and J^T r of residuals `R` and the vector `V`: sums of products of columns of J, each as long as the residuals, which one loop
/// computes and adds up.
template <class R, class V>
struct gauss_newton_draft {
    using Ref = deferred_t<ref, R>;
    static constexpr int count = V::shape().is_static() ? static_cast<int>(V::shape().static_size()) : 0;
    static constexpr int expected_size = 64 + 8 * count_nodes(R::root()) + 4 * count * count;

    constexpr draft_graph operator()() const {
        builder made(simplify<deferred_t<void, R>>);
        const Ref residuals = made.import(R::root()), x = made.import(V::root());
        list<Ref> y, leaf, columns;
        y.push_back(residuals);
        leaf.push_back(x);
        for (int j = 0; j < count; ++j) {
            list<Ref> unit;
            unit.push_back(unit_vector(made, x->type, x.shape(), j));
            columns.push_back(push_forward(y, leaf, unit, true)[0]);
        }
        list<Ref> products(count * count), slopes, rows;
        for (int i = 0; i < count; ++i) {
            for (int j = i; j < count; ++j) products[i * count + j] = products[j * count + i] = total(columns[i], columns[j]);
            slopes.push_back(total(columns[i], residuals));
        }
        const Ref zero = constant(made, 0, x->type);
        for (int i = 0; i < count; ++i) {
            list<Ref> row;
            for (int j = 0; j < count; ++j) row.push_back(products[i * count + j]);
            rows.push_back(stacked(row, 0, zero));
        }
        list<ref> roots;
        roots.push_back(stacked(rows, 0, rows[0]));
        roots.push_back(stacked(slopes, 0, zero));
        return extract(made, roots);
    }

private:
    static constexpr Ref total(Ref a, Ref b) {
        if (!a || !b) return {};
        attributes all;
        all.numbers[0] = (1 << a.shape().rank) - 1;
        const Ref products = a * b;
        return a.shape().rank == 0 ? products : apply<reduce_sum_op>(all, products);
    }
};

template <class R, class V>
constexpr finding check_gauss_newton() {
    if constexpr (constexpr finding found = check_jacobian<R, passes::forward, V>("gauss_newton"); !found.is_fine())
        return found;
    else if constexpr (V::rank != 1 || !V::shape().is_static() || V::shape().static_size() > most_unit_vectors)
        return {fault::jacobian_must_be_computable, "gauss_newton", phrase_of(R::shape()), phrase_of(V::shape())};
    else
        return {};
}
template <class R, class V>
struct gauss_newton_check {
    static constexpr finding found = check_gauss_newton<R, V>();
};

} // namespace detail

/// The normal equations of least squares: of residuals r, of any shape, and a vector q, J^T J and J^T r, where J is the Jacobian of r with
/// respect to q. J is not stored: where residuals are computed one by one, one loop adds up all products.
/// ```
/// constexpr auto normal = gauss_newton(residuals, q);
/// const auto [matrix, vector] = function{normal.matrix, normal.vector}(x = times, y = values, q = start);
/// ```
/// A step of Gauss and Newton solves matrix d = -vector; one of Levenberg and Marquardt adds to the diagonal first.
/// @returns `matrix`, [n,n] and symmetric, and `vector`, [n], which is half the gradient of the sum of squares.
/// **Fails when** as `jacobian` does, or `q` is no vector of at most 64 elements (`jacobian_must_be_computable`).
/// Source: Nocedal and Wright, Numerical Optimization (2006), ch. 10.
template <expression R, expression V>
constexpr auto gauss_newton(R, V) {
    if constexpr (!detail::gauss_newton_check<R, V>::found.is_fine())
        return refuse<detail::gauss_newton_check<R, V>>();
    else {
        using all = detail::lifted<detail::gauss_newton_draft<R, V>>;
        return normal_equations<typename all::template root<0>, typename all::template root<1>>{};
    }
}

} // namespace ctgrad

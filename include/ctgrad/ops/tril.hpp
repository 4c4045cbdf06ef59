// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/coordinate.hpp>
#include <ctgrad/ops/dims.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/greater_equal.hpp>
#include <ctgrad/ops/less_equal.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/num.hpp>
#include <ctgrad/ops/one_hot.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad {

/// Which diagonal `tril`, `triu` and `eye` mean: `diagonal<1>` lies above the main one, `diagonal<-1>` below.
template <int By>
struct diagonal_t {};
template <int By>
inline constexpr diagonal_t<By> diagonal{};

namespace detail {

/// Positions along the last axis but `FromEnd` of the matrices of `x`, less `By`.
template <int FromEnd>
struct make_matrix_positions {
    static constexpr ref of(auto& into, const attributes& x) {
        attributes a;
        a.type = dtype::int32;
        a.shape = shape(x.shape[x.shape.rank - 2], x.shape[x.shape.rank - 1]);
        a.numbers[0] = 1 - FromEnd;
        return into.add(info<coordinate_op>, a, nullptr);
    }
};

/// Positions 0, 1, ... in a shape, along its axis `Axis`, as an expression.
template <class Dims, int Axis>
constexpr auto positions_in() {
    return make_expr([] {
        attributes a;
        a.type = dtype::int32;
        a.shape = Dims::shape;
        a.numbers[0] = Axis;
        builder made;
        list<ref> roots;
        roots.push_back(made.add(info<coordinate_op>, a, nullptr));
        return extract(made, roots);
    });
}

template <int By>
constexpr auto number_of() {
    return literal<number_bits(static_cast<double>(By))>{};
}

/// The elements of matrices for which `keep(column - row, By)` holds, zeros elsewhere.
template <int By, class X>
constexpr auto kept_of_matrices(X x, auto keep) {
    const auto offset = leaf_beside<make_matrix_positions<0>>(x) - leaf_beside<make_matrix_positions<1>>(x);
    return where(keep(offset, number_of<By>()), x, literal<0>{});
}

template <fixed_string Name, class X>
inline constexpr auto matrices_shown = show([] { return Name.view(); });

} // namespace detail

/// The lower triangle of matrices, zeros above it: `tril(x)`, with more or fewer diagonals `tril(x, diagonal<1>)`.
/// @returns the shape and dtype of `x`. Derivative: the lower triangle of the gradient.
/// **Fails when** `x` has fewer than two axes (`rank_must_fit`). Source: `numpy.tril`, `tf.linalg.band_part`.
struct tril_function {
    template <expression X, int By = 0>
    constexpr auto operator()(X x, diagonal_t<By> = {}) const {
        if constexpr (detail::is_poison<X>)
            return x;
        else if constexpr (X::rank < 2)
            return broken<fault::rank_must_fit, detail::matrices_shown<"tril", X>, facts_shown<fault::rank_must_fit, X>>;
        else
            return detail::kept_of_matrices<By>(x, [](auto offset, auto by) { return less_equal(offset, by); });
    }
};
inline constexpr tril_function tril{};

/// The upper triangle of matrices, zeros below it: `triu(x)`, with more or fewer diagonals `triu(x, diagonal<1>)`.
/// @returns the shape and dtype of `x`. Derivative: the upper triangle of the gradient.
/// **Fails when** `x` has fewer than two axes (`rank_must_fit`). Source: `numpy.triu`, `tf.linalg.band_part`.
struct triu_function {
    template <expression X, int By = 0>
    constexpr auto operator()(X x, diagonal_t<By> = {}) const {
        if constexpr (detail::is_poison<X>)
            return x;
        else if constexpr (X::rank < 2)
            return broken<fault::rank_must_fit, detail::matrices_shown<"triu", X>, facts_shown<fault::rank_must_fit, X>>;
        else
            return detail::kept_of_matrices<By>(x, [](auto offset, auto by) { return greater_equal(offset, by); });
    }
};
inline constexpr triu_function triu{};

/// The matrix with ones on a diagonal and zeros elsewhere: `eye<float, 3>`, `eye<float, 3, 4>`, `eye<float, 3, 3, 1>` with the ones one
/// above the main diagonal. Source: `tf.eye`, `numpy.eye`.
template <element T, int Rows, int Columns = Rows, int By = 0>
inline constexpr auto eye = cast<T>(
    equal(detail::positions_in<dims_t<Rows, Columns>, 1>() - detail::positions_in<dims_t<Rows, Columns>, 0>(), detail::number_of<By>()));

/// Evenly spaced numbers from `start` to `stop`, both exactly: `linspace<float>(0_c, 1_c, num<5>)`.
/// @param start, stop scalar expressions of this dtype, or numbers. @returns the shape `[num]`.
/// Derivative: the shares 1 - i / (num - 1) and i / (num - 1).
/// **Fails when** start or stop is no scalar or of another dtype (`shapes_must_broadcast`, `dtypes_must_match`).
/// Source: `tf.linspace`.
template <element T>
struct linspace_function {
    template <operand Start, operand Stop, int Count>
    constexpr auto operator()(Start start, Stop stop, num_t<Count>) const {
        static_assert(Count > 0, "linspace has at least one number");
        const auto place = detail::positions_in<dims_t<Count>, 0>();
        const auto share = cast<T>(place) / literal<detail::number_bits(Count > 1 ? Count - 1.0 : 1.0)>{};
        if constexpr (Count == 1)
            return share * (stop - start) + start;
        else
            return where(equal(place, detail::number_of<Count - 1>()), share * stop, share * (stop - start) + start);
    }
};
template <element T>
inline constexpr linspace_function<T> linspace{};

} // namespace ctgrad

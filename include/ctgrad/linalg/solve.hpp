// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/linalg/lu.hpp>
#include <ctgrad/linalg/triangular_solve.hpp>
#include <ctgrad/ops/one_hot.hpp>

namespace ctgrad {

namespace detail {

/// The unit matrix of the extent and dtype of `x`.
struct make_unit_matrix {
    static constexpr ref of(auto& into, const attributes& x) {
        return apply<where_op>(mask_of(into, columns_of_matrix(x.shape), triangle::diagonal), constant(into, 1, x.type),
                               constant(into, 0, x.type));
    }
};

template <bool Turned>
struct solve_options {
    static constexpr inference asked(const attributes&, const attributes&, const attributes&) {
        inference out;
        out.result.numbers[0] = Turned ? 1 : 0;
        return out;
    }
};

template <bool Turned, class A, class B>
constexpr auto solve_system(A a, B b) {
    const auto factors = apply<lu_op>(a);
    return apply<lu_solve_op, solve_options<Turned>>(with_leading_axes_of(a, b), with_leading_axes_of(factors, b),
                                                     with_leading_axes_of(b, a));
}

} // namespace detail

/// The solution x of a x = b for square matrices `[..., n, n]` and right sides `[..., n, k]` (or one vector `[n]`), of a^T x = b after
/// `transpose_a` (`adjoint=True`). What lacks the other's leading axes is used for each of them; a matrix is factored once.
/// @returns the shape of `b`, with the leading axes of both. Derivative: a^-T dy to b, -(a^-T dy) x^T to a.
/// A call that meets a singular matrix throws `ctgrad::error`.
/// **Fails when** the matrices are not square (`matrices_must_be_square`), have more than 64 rows (`matrices_must_be_small`), or
/// the rows do not match (`matmul_inner_dimensions_must_match`). Source: `tf.linalg.solve`.
struct solve_function {
    template <operand A, operand B, class... Option>
        requires(std::same_as<Option, transpose_a_t> && ...)
    constexpr auto operator()(A a, B b, Option...) const {
        constexpr bool turned = sizeof...(Option) > 0;
        constexpr fault found = detail::square_fault<A>() != fault::none ? detail::square_fault<A>() : detail::system_fault<A, B>();
        if constexpr (found != fault::none)
            return broken<found, "solve", facts_shown<found, A>, facts_shown<found, B>>;
        else
            return detail::solved_for(a, b, [](auto m, auto right) { return detail::solve_system<turned>(m, right); });
    }
};
inline constexpr solve_function solve{};

/// The inverse of square matrices `[..., n, n]`. To solve a system, `solve` costs less and is more exact.
/// @returns the shape of `a`. Derivative: -y^T dy y^T. A call that meets a singular matrix throws `ctgrad::error`.
/// **Fails when** the matrices are not square (`matrices_must_be_square`) or have more than 64 rows (`matrices_must_be_small`).
/// Source: `tf.linalg.inv`.
struct inverse_function {
    template <operand A>
    constexpr auto operator()(A a) const {
        if constexpr (constexpr fault found = detail::square_fault<A>(); found != fault::none)
            return broken<found, "inverse", facts_shown<found, A>>;
        else
            return solve(a, detail::leaf_beside<detail::make_unit_matrix>(a));
    }
};
inline constexpr inverse_function inverse{};

/// The determinants of square matrices `[..., n, n]`.
/// @returns the leading axes of `a`. Derivative: dy y a^-T; to ask for it where a matrix is singular throws `ctgrad::error`.
/// **Fails when** the matrices are not square (`matrices_must_be_square`) or have more than 64 rows (`matrices_must_be_small`).
/// Source: `tf.linalg.det`.
struct det_function {
    template <operand A>
    constexpr auto operator()(A a) const {
        if constexpr (constexpr fault found = detail::square_fault<A>(); found != fault::none)
            return broken<found, "det", facts_shown<found, A>>;
        else
            return apply<determinant_op<determinant_part::whole>>(a, apply<lu_op>(a));
    }
};
inline constexpr det_function det{};

/// What `slogdet` gives: expressions with the leading axes of the matrices.
template <class Sign, class Logarithm>
struct sign_and_logarithm {
    Sign sign;             ///< 1, -1, or 0 where a matrix is singular. It has no derivative.
    Logarithm log_abs_det; ///< -infinity where a matrix is singular.
};
template <class Sign, class Logarithm>
sign_and_logarithm(Sign, Logarithm) -> sign_and_logarithm<Sign, Logarithm>;

/// Sign and logarithm of the determinants of square matrices `[..., n, n]`: `const auto [sign, logarithm] = slogdet(a);`
/// @returns `sign` and `log_abs_det`, both with the leading axes of `a`. Derivative of the logarithm: dy a^-T; to ask for it where a
/// matrix is singular throws `ctgrad::error`.
/// **Fails when** the matrices are not square (`matrices_must_be_square`) or have more than 64 rows (`matrices_must_be_small`).
/// Source: `tf.linalg.slogdet`.
struct slogdet_function {
    template <operand A>
    constexpr auto operator()(A a) const {
        if constexpr (constexpr fault found = detail::square_fault<A>(); found != fault::none)
            return sign_and_logarithm{poison{}, broken<found, "slogdet", facts_shown<found, A>>};
        else {
            const auto factors = apply<lu_op>(a);
            return sign_and_logarithm{apply<determinant_op<determinant_part::sign>>(a, factors),
                                      apply<determinant_op<determinant_part::logarithm>>(a, factors)};
        }
    }
};
inline constexpr slogdet_function slogdet{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/linalg/matrices.hpp>
#include <ctgrad/ops/expand_dims.hpp>
#include <ctgrad/ops/squeeze.hpp>

namespace ctgrad {

/// The solution x of t x = b or of t^T x = b (`numbers[0]`, second bit) with t lower or upper triangular (first bit): the other
/// triangle of t is not read.
struct triangular_solve_op : item_op<triangular_solve_op> {
    static constexpr char name[] = "triangular_solve";
    static constexpr char failure[] = "is singular";
    static constexpr int arity = 2;
    static constexpr int item_axes = 2;
    static constexpr std::int64_t flops(const item_sizes& s) { return s.n * s.n * s.k; }
    static constexpr int upper = 1, transposed = 2;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked, detail::check_square(*in[0])};
        if (out.found == fault::none) out.found = detail::check_right_sides(*in[0], *in[1]);
        out.result.type = in[0]->type;
        out.result.shape = in[1]->shape;
        return out;
    }
    static constexpr item_sizes sizes(const attributes& asked, const tensor_shape* in) {
        return {detail::rows_of_matrix(in[0]), detail::columns_of_matrix(in[1]), asked.numbers[0]};
    }

    template <class S, class V>
    static constexpr auto compute(S s, V* x, const V* t, const V* b) {
        CTGRAD_FUSES
        const int n = s.n, k = s.k;
        const bool turned = (s.flags & transposed) != 0, downwards = ((s.flags & upper) != 0) == turned;
        for (int i = 0; i < n * k; ++i) x[i] = b[i];
        detail::truth_of<V> failed = !(V(1) > V(0));
        for (int step = 0; step < n; ++step) {
            const int p = downwards ? step : n - 1 - step;
            failed = failed | !detail::is_proper(t[p * n + p]);
            const V inverse = V(1) / t[p * n + p];
            for (int c = 0; c < k; ++c) x[p * k + c] = x[p * k + c] * inverse;
            for (int i = downwards ? p + 1 : 0; i < (downwards ? n : p); ++i) {
                const V factor = turned ? t[p * n + i] : t[i * n + p];
                for (int c = 0; c < k; ++c) x[i * k + c] = x[i * k + c] - factor * x[p * k + c];
            }
        }
        return failed;
    }

    /// With r = t^-T dy: r to b, and the triangle of -r x^T to t.
    static constexpr ref derivative(const auto& at) {
        attributes back = at.attrs();
        const bool turned = (back.numbers[0] & transposed) != 0;
        const auto part = (back.numbers[0] & upper) != 0 ? detail::triangle::upper : detail::triangle::lower;
        back.numbers[0] ^= transposed;
        const auto r = apply<triangular_solve_op>(back, at.x(0), at.dy), x = at.y;
        if (at.wrt == 1) return r;
        const auto both = turned ? matmul_op::transposed(detail::product(r, matmul_op::transposed(x), at.shielded))
                                 : detail::product(r, matmul_op::transposed(x), at.shielded);
        return detail::kept(-both, part);
    }
};

/// `triangular_solve(t, b, upper_triangle)`: the matrix is upper triangular (`lower=False`).
struct upper_triangle_t {};
inline constexpr upper_triangle_t upper_triangle{};

namespace detail {

template <class T>
inline constexpr bool is_triangular_option = std::same_as<T, upper_triangle_t> || std::same_as<T, transpose_a_t>;

template <bool Upper, bool Turned>
struct triangular_options {
    static constexpr inference asked(const attributes&, const attributes&) {
        inference out;
        out.result.numbers[0] = (Upper ? triangular_solve_op::upper : 0) | (Turned ? triangular_solve_op::transposed : 0);
        return out;
    }
};

/// Whether `B` is one right side, a vector, beside matrices.
template <operand B>
constexpr bool is_right_vector() {
    if constexpr (is_expr<B>)
        return B::rank == 1;
    else
        return false;
}

/// `solve(a, b as a matrix)`, as a vector again where `b` is one.
template <operand A, operand B, class Solve>
constexpr auto solved_for(A a, B b, Solve solve) {
    if constexpr (is_poison<A> || is_poison<B>)
        return poison{};
    else if constexpr (is_right_vector<B>())
        return squeeze(solve(a, expand_dims(b, axis<1>)), axis<-1>);
    else
        return solve(a, b);
}

} // namespace detail

/// The solution x of t x = b for triangular matrices `[..., n, n]` and right sides `[..., n, k]` (or one vector `[n]`), of t^T x = b
/// after `transpose_a` (`adjoint=True`). They are lower triangular, after `upper_triangle` upper triangular; the other triangle is not
/// read. What lacks the other's leading axes is used for each of them.
/// @returns the shape of `b`, with the leading axes of both. Derivative: t^-T dy to b; the triangle of -(t^-T dy) x^T to t.
/// A call that meets a 0 on a diagonal throws `ctgrad::error`.
/// **Fails when** the matrices are not square (`matrices_must_be_square`), have more than 64 rows (`matrices_must_be_small`), or
/// the rows do not match (`matmul_inner_dimensions_must_match`). Source: `tf.linalg.triangular_solve`.
struct triangular_solve_function {
    template <operand T, operand B, class... Option>
        requires(detail::is_triangular_option<Option> && ...)
    constexpr auto operator()(T t, B b, Option...) const {
        constexpr bool upper = (std::same_as<Option, upper_triangle_t> || ...);
        constexpr bool turned = (std::same_as<Option, transpose_a_t> || ...);
        constexpr fault found = detail::square_fault<T>() != fault::none ? detail::square_fault<T>() : detail::system_fault<T, B>();
        if constexpr (found != fault::none)
            return broken<found, "triangular_solve", facts_shown<found, T>, facts_shown<found, B>>;
        else
            return detail::solved_for(t, b, [](auto matrix, auto right) {
                return apply<triangular_solve_op, detail::triangular_options<upper, turned>>(detail::with_leading_axes_of(matrix, right),
                                                                                             detail::with_leading_axes_of(right, matrix));
            });
    }
};
inline constexpr triangular_solve_function triangular_solve{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/linalg/triangular_solve.hpp>
#include <ctgrad/simd/sqrt.hpp>

namespace ctgrad {

template <bool Forward>
struct cholesky_derivative_op;

/// The lower triangular L with L L^T = (a + a^T) / 2.
struct cholesky_op : item_op<cholesky_op> {
    static constexpr char name[] = "cholesky";
    static constexpr char failure[] = "is not positive definite";
    static constexpr int arity = 1;
    static constexpr int item_axes = 2;
    static constexpr std::int64_t flops(const item_sizes& s) { return s.n * s.n * s.n / 3 + s.n * s.n; }

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked, detail::check_square(*in[0])};
        out.result.type = in[0]->type;
        out.result.shape = in[0]->shape;
        return out;
    }
    static constexpr item_sizes sizes(const attributes&, const tensor_shape* in) { return {detail::rows_of_matrix(in[0]), 0, 0}; }

    template <class S, class V>
    static constexpr auto compute(S s, V* l, const V* a) {
        CTGRAD_FUSES
        const int n = s.n;
        for (int i = 0; i < n; ++i)
            for (int j = 0; j < n; ++j) l[i * n + j] = j > i ? V(0) : (a[i * n + j] + a[j * n + i]) * V(0.5f);
        detail::truth_of<V> failed = !(V(1) > V(0));
        for (int j = 0; j < n; ++j) {
            const V pivot = l[j * n + j];
            failed = failed | !(pivot > V(0));
            const V root = simd::sqrt(pivot), inverse = V(1) / root;
            V column[detail::most_rows];
            l[j * n + j] = root;
            for (int i = j + 1; i < n; ++i) column[i] = l[i * n + j] = l[i * n + j] * inverse;
            for (int i = j + 1; i < n; ++i)
                for (int k = j + 1; k <= i; ++k) l[i * n + k] = l[i * n + k] - column[i] * column[k];
        }
        return failed;
    }

    static constexpr ref derivative(const auto& at) {
        return apply<deferred_t<cholesky_derivative_op<false>, std::remove_cvref_t<decltype(at)>>>(attributes{}, at.y, at.dy);
    }
};

/// The derivative of the factor L of a: of a change of a the change of L (forward), or of a gradient to L the gradient to a. Only the
/// lower triangle of a gradient counts, and of a change of a its symmetric part. Source: I. Murray, Differentiation of the Cholesky
/// decomposition, 2016, unblocked algorithms.
template <bool Forward>
struct cholesky_derivative_op : item_op<cholesky_derivative_op<Forward>> {
    static constexpr std::string_view name = Forward ? "cholesky_tangent" : "cholesky_gradient";
    static constexpr int arity = 2;
    static constexpr int item_axes = 2;
    static constexpr std::int64_t flops(const item_sizes& s) { return 2 * s.n * s.n * s.n / 3 + 2 * s.n * s.n; }

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        out.result.type = in[0]->type;
        out.result.shape = in[0]->shape;
        return out;
    }
    static constexpr item_sizes sizes(const attributes&, const tensor_shape* in) { return {detail::rows_of_matrix(in[0]), 0, 0}; }

    template <class S, class V>
    static constexpr bool compute(S s, V* out, const V* l, const V* given) {
        if constexpr (Forward)
            push(s, out, l, given);
        else
            pull(s, out, l, given);
        return false;
    }

    /// With P = pull(L, u) and c symmetric, <P, c> = <push(L, c), u>: it is linear in either, and its derivative to L is
    /// the lower triangle of u (L^-1 push(L, c))^T - 2 P c L^-T.
    static constexpr ref derivative(const auto& at) {
        const auto l = at.x(0), given = at.x(1), dy = at.dy;
        if (at.wrt == 1) return apply<cholesky_derivative_op<!Forward>>(attributes{}, l, dy);
        const auto change = Forward ? given : dy;
        const auto gradient = detail::kept(Forward ? dy : given, detail::triangle::lower);
        const auto pushed = Forward ? at.y : apply<cholesky_derivative_op<!Forward>>(attributes{}, l, dy);
        const auto pulled = Forward ? apply<cholesky_derivative_op<!Forward>>(attributes{}, l, dy) : at.y;
        const auto symmetric = (change + matmul_op::transposed(change)) * 0.5;
        const auto solved = [&](auto x) { return matmul_op::transposed(apply<triangular_solve_op>(attributes{}, l, x)); };
        return detail::kept(detail::product(gradient, solved(pushed)) - detail::product(pulled, solved(symmetric)) * 2.0,
                            detail::triangle::lower);
    }

private:
    template <class S, class V>
    static constexpr void push(S s, V* t, const V* l, const V* change) {
        CTGRAD_FUSES
        const int n = s.n;
        for (int i = 0; i < n; ++i)
            for (int j = 0; j < n; ++j) t[i * n + j] = j > i ? V(0) : (change[i * n + j] + change[j * n + i]) * V(0.5f);
        for (int j = 0; j < n; ++j) {
            const V inverse = V(1) / l[j * n + j];
            V own = t[j * n + j] * V(0.5f);
            for (int k = 0; k < j; ++k) own = own - l[j * n + k] * t[j * n + k];
            own = own * inverse;
            t[j * n + j] = own;
            for (int i = j + 1; i < n; ++i) {
                V rest = t[i * n + j] - l[i * n + j] * own;
                for (int k = 0; k < j; ++k) rest = rest - t[i * n + k] * l[j * n + k] - l[i * n + k] * t[j * n + k];
                t[i * n + j] = rest * inverse;
            }
        }
    }
    template <class S, class V>
    static constexpr void pull(S s, V* g, const V* l, const V* given) {
        CTGRAD_FUSES
        const int n = s.n;
        for (int i = 0; i < n; ++i)
            for (int j = 0; j <= i; ++j) g[i * n + j] = given[i * n + j];
        for (int j = n - 1; j >= 0; --j) {
            const V inverse = V(1) / l[j * n + j];
            V own = g[j * n + j];
            for (int i = j + 1; i < n; ++i) {
                const V scaled = g[i * n + j] * inverse;
                g[i * n + j] = scaled;
                own = own - l[i * n + j] * scaled;
            }
            own = own * inverse;
            for (int k = 0; k < j; ++k) g[j * n + k] = g[j * n + k] - own * l[j * n + k];
            for (int i = j + 1; i < n; ++i) {
                const V scaled = g[i * n + j];
                for (int k = 0; k < j; ++k) {
                    g[j * n + k] = g[j * n + k] - scaled * l[i * n + k];
                    g[i * n + k] = g[i * n + k] - scaled * l[j * n + k];
                }
            }
            g[j * n + j] = own * V(0.5f);
        }
        for (int i = 0; i < n; ++i)
            for (int j = 0; j < i; ++j) g[j * n + i] = g[i * n + j] = g[i * n + j] * V(0.5f);
    }
};

/// The Cholesky factor of positive definite matrices `[..., n, n]`: the lower triangular L with L L^T = a. As in JAX, a is its symmetric
/// part (a + a^T) / 2, and so is the gradient to it.
/// @returns the shape of `a`. Derivative: Murray 2016.
/// A call that meets a matrix that is not positive definite throws `ctgrad::error`.
/// **Fails when** the matrices are not square (`matrices_must_be_square`) or have more than 64 rows (`matrices_must_be_small`).
/// Source: `tf.linalg.cholesky`.
struct cholesky_function {
    template <operand A>
    constexpr auto operator()(A a) const {
        return apply<cholesky_op>(a);
    }
};
inline constexpr cholesky_function cholesky{};

/// The solution x of a x = b where `l` is the Cholesky factor of a: two triangular systems.
/// @returns the shape of `b`, with the leading axes of both.
/// **Fails when** as `triangular_solve` does. Source: `tf.linalg.cholesky_solve`.
struct cholesky_solve_function {
    template <operand L, operand B>
    constexpr auto operator()(L l, B b) const {
        return triangular_solve(l, triangular_solve(l, b), transpose_a);
    }
};
inline constexpr cholesky_solve_function cholesky_solve{};

} // namespace ctgrad

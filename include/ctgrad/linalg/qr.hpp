// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/linalg/triangular_solve.hpp>
#include <ctgrad/ops/slice.hpp>
#include <ctgrad/simd/sqrt.hpp>

namespace ctgrad {

/// a = Q R with orthonormal columns of Q `[m, n]` and an upper triangular R `[n, n]`, one above the other in the result, by reflections
/// as LAPACK has them (geqrf), so that signs are the same.
struct qr_op : item_op<qr_op> {
    static constexpr char name[] = "qr";
    static constexpr int arity = 1;
    static constexpr int item_axes = 2;
    static constexpr std::int64_t flops(const item_sizes& s) { return 4 * s.k * s.n * s.n - 4 * s.n * s.n * s.n / 3; }

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked, detail::check_matrices(*in[0])};
        if (out.found != fault::none) return out;
        const tensor_shape& shape = in[0]->shape;
        if (shape[shape.rank - 2].extent < shape[shape.rank - 1].extent) return {{}, fault::matrices_must_not_be_wide};
        out.result.type = in[0]->type;
        out.result.shape = shape;
        out.result.shape[shape.rank - 2] = dimension(shape[shape.rank - 2].extent + shape[shape.rank - 1].extent);
        return out;
    }
    static constexpr item_sizes sizes(const attributes&, const tensor_shape* in) {
        return {detail::columns_of_matrix(in[0]), detail::rows_of_matrix(in[0]), 0};
    }

    template <class S, class V>
    static constexpr bool compute(S s, V* out, const V* a) {
        CTGRAD_FUSES
        const int n = s.n, m = s.k;
        V *const above = out, *const below = out + m * n;
        V w[most_elements<S>()]; // what is left of a, and below its diagonal the reflections
        V scale[detail::most_rows];
        for (int i = 0; i < m * n; ++i) w[i] = a[i];
        for (int j = 0; j < n; ++j) {
            scale[j] = reflection(n, m, j, w);
            reflect(n, m, j, j + 1, scale[j], w, w);
        }
        for (int i = 0; i < n; ++i)
            for (int j = 0; j < n; ++j) below[i * n + j] = j < i ? V(0) : w[i * n + j];
        for (int i = 0; i < m; ++i)
            for (int j = 0; j < n; ++j) above[i * n + j] = V(i == j ? 1.0f : 0.0f);
        for (int j = n - 1; j >= 0; --j) reflect(n, m, j, j, scale[j], w, above);
        return false;
    }

    /// (dQ + Q sym(R dR^T - dQ^T Q)) R^-T, where sym mirrors the lower triangle. Source: M. Seeger et al., Auto-differentiating linear
    /// algebra, 2017.
    static constexpr ref derivative(const auto& at) {
        const int n = detail::columns_of_matrix(at.x(0).shape()), m = detail::rows_of_matrix(at.x(0).shape());
        const auto left_factor = rows(at.y, 0, m), r = rows(at.y, m, n), dq = rows(at.dy, 0, m);
        const auto dr = detail::kept(rows(at.dy, m, n), detail::triangle::upper);
        const auto mixed = detail::product(r, matmul_op::transposed(dr)) - detail::product(matmul_op::transposed(dq), left_factor);
        const auto below = detail::kept(mixed, detail::triangle::strictly_lower);
        const auto mirrored = detail::kept(mixed, detail::triangle::lower) + matmul_op::transposed(below);
        const auto left = dq + detail::product(left_factor, mirrored);
        attributes upper;
        upper.numbers[0] = triangular_solve_op::upper;
        return matmul_op::transposed(apply<triangular_solve_op>(upper, r, matmul_op::transposed(left)));
    }

    /// `count` rows of `x` from row `first` on.
    static constexpr ref rows(auto x, int first, int count) {
        attributes part;
        part.shape = x.shape();
        const int axis = part.shape.rank - 2;
        part.shape[axis] = dimension(count);
        part.numbers[axis] = first;
        return apply<slice_op>(part, x);
    }

private:
    template <class S>
    static constexpr std::size_t most_elements() {
        if constexpr (S::is_fixed)
            return static_cast<std::size_t>(S::n * S::k);
        else
            return static_cast<std::size_t>(detail::most_rows * detail::most_rows);
    }

    /// Makes the reflection 1 - t v v^T, v_j = 1, that turns column j from row j on into a multiple of the unit vector; v lies below the
    /// diagonal then, and t is the result. (LAPACK's larfg.)
    template <class V>
    static constexpr V reflection(int n, int m, int j, V* w) {
        const V first = w[j * n + j];
        V largest(0);
        for (int i = j + 1; i < m; ++i) {
            const V size = simd::abs(w[i * n + j]);
            largest = simd::select(size > largest, size, largest);
        }
        const auto is_done = largest == V(0);
        const V size = simd::abs(first), unit = simd::select(is_done, V(1), simd::select(size > largest, size, largest));
        V squares = first / unit * (first / unit);
        for (int i = j + 1; i < m; ++i) {
            const V part = w[i * n + j] / unit;
            squares = squares + part * part;
        }
        const V length = unit * simd::sqrt(squares), end = simd::select(first < V(0), length, -length);
        const V factor = simd::select(is_done, V(0), V(1) / (first - end));
        for (int i = j + 1; i < m; ++i) w[i * n + j] = w[i * n + j] * factor;
        w[j * n + j] = simd::select(is_done, first, end);
        return simd::select(is_done, V(0), (end - first) / simd::select(is_done, V(1), end));
    }

    /// Applies reflection j of `v` to the columns of x from `first_column` on.
    template <class V>
    static constexpr void reflect(int n, int m, int j, int first_column, V t, const V* v, V* x) {
        CTGRAD_FUSES
        V along[detail::most_rows];
        for (int c = first_column; c < n; ++c) along[c] = x[j * n + c];
        for (int i = j + 1; i < m; ++i)
            for (int c = first_column; c < n; ++c) along[c] = along[c] + v[i * n + j] * x[i * n + c];
        for (int c = first_column; c < n; ++c) {
            along[c] = along[c] * t;
            x[j * n + c] = x[j * n + c] - along[c];
        }
        for (int i = j + 1; i < m; ++i)
            for (int c = first_column; c < n; ++c) x[i * n + c] = x[i * n + c] - v[i * n + j] * along[c];
    }
};

namespace detail {

/// Some rows of the result of `qr_op`: Q, or R.
template <bool IsR>
struct qr_part {
    static constexpr inference asked(const attributes& x) {
        inference out;
        const int rows = rows_of_matrix(x.shape), columns = columns_of_matrix(x.shape), axis = x.shape.rank - 2;
        out.result.shape = x.shape;
        out.result.shape[axis] = dimension(IsR ? columns : rows - columns);
        out.result.numbers[axis] = IsR ? rows - columns : 0;
        return out;
    }
};

} // namespace detail

/// What `qr` gives: expressions.
template <class Q, class R>
struct orthogonal_and_triangular {
    Q q; ///< `[..., m, n]`
    R r; ///< `[..., n, n]`
};
template <class Q, class R>
orthogonal_and_triangular(Q, R) -> orthogonal_and_triangular<Q, R>;

/// The factors of matrices `[..., m, n]`, m >= n: `const auto [q, r] = qr(a);`, a = q r, the columns of q orthonormal, r upper triangular.
/// @returns `q` `[..., m, n]` and `r` `[..., n, n]`, with LAPACK's signs. Derivative: Seeger et al. 2017; to ask for it where the columns
/// of a matrix are dependent throws `ctgrad::error`.
/// **Fails when** there are fewer rows than columns (`matrices_must_not_be_wide`) or more than 64 (`matrices_must_be_small`).
/// Source: `tf.linalg.qr`.
struct qr_function {
    template <operand A>
    constexpr auto operator()(A a) const {
        const auto both = apply<qr_op>(a);
        return orthogonal_and_triangular{part<false>(both), part<true>(both)};
    }

private:
    template <bool IsR, class Both>
    static constexpr auto part(Both both) {
        if constexpr (detail::is_poison<Both>)
            return poison{};
        else
            return apply<slice_op, detail::qr_part<IsR>>(both);
    }
};
inline constexpr qr_function qr{};

/// The x that makes |a x - b| smallest, for matrices `[..., m, n]`, m >= n, and right sides `[..., m, k]` (or one vector `[m]`).
/// What lacks the other's leading axes is used for each of them.
/// @returns `[..., n, k]` (or `[n]`). Derivative: that of `qr`. A call that meets a matrix with dependent columns throws `ctgrad::error`
/// (those that are so but for rounding are not seen).
/// **Fails when** there are fewer rows than columns (`matrices_must_not_be_wide`), more than 64 (`matrices_must_be_small`), or the rows
/// do not match (`matmul_inner_dimensions_must_match`). Source: `tf.linalg.lstsq`.
struct lstsq_function {
    template <operand A, operand B>
    constexpr auto operator()(A a, B b) const {
        if constexpr (constexpr fault found = detail::fault_on<qr_op, no_options, A>(); found != fault::none)
            return broken<found, "lstsq", facts_shown<found, A>>;
        else if constexpr (constexpr fault unfit = detail::system_fault<A, B>(); unfit != fault::none)
            return broken<unfit, "lstsq", facts_shown<unfit, A>, facts_shown<unfit, B>>;
        else
            return detail::solved_for(a, b, [](auto matrix, auto right) {
                const auto factors = qr(matrix);
                return triangular_solve(factors.r, matmul(factors.q, right, transpose_a), upper_triangle);
            });
    }
};
inline constexpr lstsq_function lstsq{};

} // namespace ctgrad

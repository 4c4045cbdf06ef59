// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/linalg/matrices.hpp>
#include <ctgrad/simd/log.hpp>

namespace ctgrad {

/// The factors of a with its rows in another order, P a = L U, by partial pivoting: L without its ones below the diagonal and U above
/// lie in rows 0 to n - 1; row n says with which row row j was exchanged in step j. For the ops below, which have the derivatives.
struct lu_op : item_op<lu_op> {
    static constexpr char name[] = "lu";
    static constexpr int arity = 1;
    static constexpr int item_axes = 2;
    static constexpr std::int64_t flops(const item_sizes& s) { return 2 * s.n * s.n * s.n / 3 + s.n * s.n; }
    static constexpr unsigned differentiable_inputs = 0;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked, detail::check_square(*in[0])};
        if (out.found != fault::none) return out;
        out.result.type = in[0]->type;
        out.result.shape = in[0]->shape;
        out.result.shape[out.result.shape.rank - 2] = dimension(in[0]->shape[in[0]->shape.rank - 1].extent + 1);
        return out;
    }
    static constexpr item_sizes sizes(const attributes&, const tensor_shape* in) { return {detail::rows_of_matrix(in[0]), 0, 0}; }

    template <class S, class V>
    static constexpr bool compute(S s, V* f, const V* a) {
        CTGRAD_FUSES
        using T = simd::element_t<V>;
        const int n = s.n;
        for (int i = 0; i < n * n; ++i) f[i] = a[i];
        for (int k = 0; k < n; ++k) {
            V largest = simd::abs(f[k * n + k]), at(static_cast<T>(k));
            for (int i = k + 1; i < n; ++i) {
                const V size = simd::abs(f[i * n + k]);
                const auto larger = size > largest;
                largest = simd::select(larger, size, largest);
                at = simd::select(larger, V(static_cast<T>(i)), at);
            }
            f[n * n + k] = at;
            for (int i = k + 1; i < n; ++i)
                if (const auto chosen = at == V(static_cast<T>(i)); simd::any(chosen))
                    for (int c = 0; c < n; ++c) detail::swap_where(chosen, f[k * n + c], f[i * n + c]);
            const V pivot = f[k * n + k], inverse = simd::select(pivot == V(0), V(0), V(1) / pivot);
            for (int i = k + 1; i < n; ++i) {
                const V factor = f[i * n + k] * inverse;
                f[i * n + k] = factor;
                for (int c = k + 1; c < n; ++c) f[i * n + c] = f[i * n + c] - factor * f[k * n + c];
            }
        }
        return false;
    }
};

/// The solution x of a x = b (of a^T x = b where `numbers[0]` is 1) from a, which is there for its derivative, its factors and b.
struct lu_solve_op : item_op<lu_solve_op> {
    static constexpr char name[] = "solve";
    static constexpr char failure[] = "is singular";
    static constexpr int arity = 3;
    static constexpr int item_axes = 2;
    static constexpr std::int64_t flops(const item_sizes& s) { return 2 * s.n * s.n * s.k; }
    static constexpr unsigned unread = 1;
    static constexpr unsigned differentiable_inputs = 5;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked, detail::check_square(*in[0])};
        if (out.found == fault::none) out.found = detail::check_right_sides(*in[0], *in[2]);
        out.result.type = in[0]->type;
        out.result.shape = in[2]->shape;
        return out;
    }
    static constexpr item_sizes sizes(const attributes& asked, const tensor_shape* in) {
        return {detail::rows_of_matrix(in[0]), detail::columns_of_matrix(in[2]), asked.numbers[0]};
    }

    template <class S, class V>
    static constexpr auto compute(S s, V* x, const V*, const V* f, const V* b) {
        CTGRAD_FUSES
        const int n = s.n, k = s.k;
        for (int i = 0; i < n * k; ++i) x[i] = b[i];
        detail::truth_of<V> failed = !(V(1) > V(0));
        for (int p = 0; p < n; ++p) failed = failed | !detail::is_proper(f[p * n + p]);
        const auto take_away = [&](int i, int p, V factor) {
            for (int c = 0; c < k; ++c) x[i * k + c] = x[i * k + c] - factor * x[p * k + c];
        };
        const auto divide_row = [&](int p) {
            const V inverse = V(1) / f[p * n + p];
            for (int c = 0; c < k; ++c) x[p * k + c] = x[p * k + c] * inverse;
        };
        if (s.flags == 0) {
            for (int p = 0; p < n; ++p) exchange(n, k, p, x, f);
            for (int p = 0; p < n; ++p)
                for (int i = p + 1; i < n; ++i) take_away(i, p, f[i * n + p]);
            for (int p = n - 1; p >= 0; --p) {
                divide_row(p);
                for (int i = 0; i < p; ++i) take_away(i, p, f[i * n + p]);
            }
        } else {
            for (int p = 0; p < n; ++p) {
                divide_row(p);
                for (int i = p + 1; i < n; ++i) take_away(i, p, f[p * n + i]);
            }
            for (int p = n - 1; p >= 0; --p)
                for (int i = 0; i < p; ++i) take_away(i, p, f[p * n + i]);
            for (int p = n - 1; p >= 0; --p) exchange(n, k, p, x, f);
        }
        return failed;
    }

    /// With r = a^-T dy: r to b, and -r x^T to a.
    static constexpr ref derivative(const auto& at) {
        attributes back = at.attrs();
        back.numbers[0] ^= 1;
        const auto r = apply<lu_solve_op>(back, at.x(0), at.x(1), at.dy), x = at.y;
        if (at.wrt == 2) return r;
        const auto both = detail::product(r, matmul_op::transposed(x), at.shielded);
        return -(back.numbers[0] == 0 ? matmul_op::transposed(both) : both);
    }

private:
    /// Step p of the exchange of rows.
    template <class V>
    static constexpr void exchange(int n, int k, int p, V* x, const V* f) {
        using T = simd::element_t<V>;
        for (int i = p + 1; i < n; ++i)
            if (const auto chosen = f[n * n + p] == V(static_cast<T>(i)); simd::any(chosen))
                for (int c = 0; c < k; ++c) detail::swap_where(chosen, x[p * k + c], x[i * k + c]);
    }
};

/// What is asked of a determinant.
enum class determinant_part : std::uint8_t { whole, logarithm, sign };

/// The determinant of a, the logarithm of its absolute value or its sign, from a, which is there for its derivative, and its factors.
template <determinant_part Part>
struct determinant_op : item_op<determinant_op<Part>> {
    static constexpr std::string_view name = Part == determinant_part::whole       ? "det"
                                             : Part == determinant_part::logarithm ? "log_abs_det"
                                                                                   : "sign_of_det";
    static constexpr int arity = 2;
    static constexpr int item_axes = 2;
    static constexpr std::int64_t flops(const item_sizes& s) { return s.n; }
    static constexpr unsigned unread = 1;
    static constexpr unsigned differentiable_inputs = Part == determinant_part::sign ? 0 : 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked, detail::check_square(*in[0])};
        if (out.found != fault::none) return out;
        out.result.type = in[0]->type;
        out.result.shape = in[0]->shape;
        out.result.shape.rank -= 2;
        return out;
    }
    static constexpr item_sizes sizes(const attributes&, const tensor_shape* in) { return {detail::rows_of_matrix(in[0]), 0, 0}; }

    template <class S, class V>
    static constexpr bool compute(S s, V* out, const V*, const V* f) {
        using T = simd::element_t<V>;
        const int n = s.n;
        V result(Part == determinant_part::logarithm ? T(0) : T(1));
        for (int k = 0; k < n; ++k) {
            const V pivot = f[k * n + k];
            if constexpr (Part == determinant_part::logarithm)
                result = result + simd::log(simd::abs(pivot));
            else {
                const V factor =
                    Part == determinant_part::whole ? pivot : simd::select(pivot > V(0), V(1), simd::select(pivot < V(0), V(-1), pivot));
                result = result * simd::select(f[n * n + k] == V(static_cast<T>(k)), factor, -factor);
            }
        }
        out[0] = result;
        return false;
    }

    /// dy a^-T, times the determinant where that is the result.
    static constexpr ref derivative(const auto& at) {
        const auto a = at.x(0);
        const tensor_shape batch = a.shape();
        attributes turned, along;
        turned.numbers[0] = 1;
        const int n = detail::columns_of_matrix(batch);
        const auto one = apply<where_op>(detail::mask_of(*a.graph, n, detail::triangle::diagonal), constant(*a.graph, 1, a->type),
                                         constant(*a.graph, 0, a->type));
        const auto inverse = apply<lu_solve_op>(turned, a, at.x(1), expand(one, batch));
        along.shape = batch;
        for (int k = 0; k < batch.rank; ++k) along.numbers[k] = k < batch.rank - 2 ? k : -1;
        const auto scale = Part == determinant_part::whole ? at.dy * at.y : at.dy;
        return at.times(apply<view_op>(along, scale), inverse);
    }
};

} // namespace ctgrad

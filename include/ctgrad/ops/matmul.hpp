// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/transpose.hpp>
#include <ctgrad/shape/matmul.hpp>

namespace ctgrad {

/// Matrix products over equal leading (batch) axes. Transposed operands are views, which the
/// generated loops read in place.
struct matmul_op {
    static constexpr std::string_view name = "matmul";
    static constexpr op_kind kind = op_kind::contraction;
    static constexpr int arity = 2;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        if (in[0]->type != in[1]->type) return {{}, verdict::dtypes_must_match};
        const shape_or_verdict product = matmul_shape(in[0]->shape, in[1]->shape);
        inference out{asked, product.found};
        if (out.found == verdict::holds) out.found = detail::check_domain(domain::floating, in[0]->type);
        out.result.type = in[0]->type;
        out.result.shape = product.shape;
        return out;
    }

    template <class Out, class A, class B>
    static constexpr void evaluate(const attributes&, const strided<Out>& out, const strided<A>& a, const strided<B>& b) {
        const int row = out.rank - 2, column = out.rank - 1;
        for_each_index(out.rank, out.extent, [&](const std::int64_t* index) {
            std::int64_t at_a[max_rank]{}, at_b[max_rank]{};
            for (int k = 0; k < row; ++k) at_a[k] = at_b[k] = index[k];
            at_a[row] = index[row];
            at_b[column] = index[column];
            Out sum = 0;
            for (std::int64_t i = 0; i < a.extent[column]; ++i) {
                at_a[column] = at_b[row] = i;
                sum += a.at(at_a) * b.at(at_b);
            }
            out.at(index) = sum;
        });
    }

    static constexpr ref transposed(ref x) {
        attributes swap = *x;
        swap.name = nullptr;
        for (int k = 0; k < swap.shape.rank; ++k) swap.numbers[k] = k;
        const int last = swap.shape.rank - 1;
        swap.numbers[last] = last - 1;
        swap.numbers[last - 1] = last;
        const dimension d = swap.shape[last];
        swap.shape[last] = swap.shape[last - 1];
        swap.shape[last - 1] = d;
        return apply<view_op>(swap, x);
    }
    static constexpr ref derivative(const auto& at) {
        return at.wrt == 0 ? apply<matmul_op>(attributes{}, at.dy, transposed(at.x(1)))
                           : apply<matmul_op>(attributes{}, transposed(at.x(0)), at.dy);
    }
};

/// `matmul(a, b, transpose_b)`: the operand is transposed first (`transpose_b=True`).
struct transpose_a_t {};
struct transpose_b_t {};
inline constexpr transpose_a_t transpose_a{};
inline constexpr transpose_b_t transpose_b{};

namespace detail {

/// Swaps the last two axes.
struct swap_last_options {
    static constexpr inference asked(const attributes& x) {
        inference out{x};
        out.result.name = nullptr;
        const int last = x.shape.rank - 1;
        if (last < 1) return {{}, verdict::matmul_operands_must_be_matrices};
        for (int k = 0; k <= last; ++k) out.result.numbers[k] = k == last ? k - 1 : k == last - 1 ? last : k;
        out.result.shape[last] = x.shape[last - 1];
        out.result.shape[last - 1] = x.shape[last];
        return out;
    }
};

/// Repeats `x` along the leading axes that only `other` has.
struct batch_options {
    static constexpr inference asked(const attributes& x, const attributes& other) {
        inference out;
        const int lead = other.shape.rank > x.shape.rank && x.shape.rank >= 2 ? other.shape.rank - x.shape.rank : 0;
        for (int k = 0; k < lead; ++k) {
            out.result.numbers[k] = -1;
            out.result.shape.append(other.shape[k]);
        }
        for (int k = 0; k < x.shape.rank; ++k) {
            out.result.numbers[lead + k] = k;
            out.result.shape.append(x.shape[k]);
        }
        return out;
    }
};

} // namespace detail

/// The matrix product `[..., M, K]` by `[..., K, N]`: y_mn = sum over k of a_mk b_kn. An operand
/// without the other's leading axes is used for each of them.
/// `transpose_a`, `transpose_b` swap the last two axes of an operand first.
/// @returns `[..., M, N]`. Derivatives: dy b^T and a^T dy.
/// **Fails when** the inner dimensions differ (`matmul_inner_dimensions_must_match`), an operand has
/// rank < 2 (`matmul_operands_must_be_matrices`), the leading axes differ, or the dtypes do.
struct matmul_function {
    template <operand A, operand B>
    constexpr auto operator()(A a, B b) const {
        return apply<matmul_op>(with_batch(a, b), with_batch(b, a));
    }
    template <operand A, operand B>
    constexpr auto operator()(A a, B b, transpose_a_t) const {
        return (*this)(swapped(a), b);
    }
    template <operand A, operand B>
    constexpr auto operator()(A a, B b, transpose_b_t) const {
        return (*this)(a, swapped(b));
    }
    template <operand A, operand B>
    constexpr auto operator()(A a, B b, transpose_a_t, transpose_b_t) const {
        return (*this)(swapped(a), swapped(b));
    }

private:
    template <operand X>
    static constexpr auto swapped(X x) {
        return apply<view_op, detail::swap_last_options>(x);
    }
    template <operand X, operand Other>
    static constexpr auto with_batch(X x, Other other) {
        if constexpr (std::same_as<X, ref>)
            return x.shape().rank < other.shape().rank ? apply_like<view_op, detail::batch_options>(x, other) : x;
        else if constexpr (X::rank < Other::rank)
            return apply_like<view_op, detail::batch_options>(x, other);
        else
            return x;
    }
};
inline constexpr matmul_function matmul{};

} // namespace ctgrad

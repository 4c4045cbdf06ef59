// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/detail/shields.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/transpose.hpp>
#include <ctgrad/shape/matmul.hpp>

namespace ctgrad {

/// Matrix products over equal leading (batch) axes. Transposed operands are views, which the
/// generated loops read in place.
struct matmul_op {
    static constexpr char name[] = "matmul";
    static constexpr op_kind kind = op_kind::contraction;
    static constexpr product_form form = product_form::matrices;
    static constexpr int arity = 2;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        if (in[0]->type != in[1]->type) return {{}, fault::dtypes_must_match};
        const shape_or_fault product = matmul_shape(in[0]->shape, in[1]->shape);
        inference out{asked, product.found};
        if (out.found == fault::none) out.found = detail::check_domain(domain::floating, in[0]->type);
        out.result.type = in[0]->type;
        out.result.shape = product.shape;
        return out;
    }

    template <class Out, class A, class B>
    static constexpr void evaluate(const attributes& asked, const strided<Out>& out, const strided<A>& a, const strided<B>& b) {
        const int row = out.rank - 2, column = out.rank - 1;
        for_each_index(out.rank, out.extent, [&](const std::int64_t* index) {
            std::int64_t at_a[max_rank]{}, at_b[max_rank]{};
            for (int k = 0; k < row; ++k) at_a[k] = at_b[k] = index[k];
            at_a[row] = index[row];
            at_b[column] = index[column];
            Out total = 0;
            for (std::int64_t i = 0; i < a.extent[column]; ++i) {
                at_a[column] = at_b[row] = i;
                total += detail::shielded_term<Out>(detail::shields_of(asked), a.at(at_a), b.at(at_b));
            }
            out.at(index) = total;
        });
    }

    static constexpr ref transposed(auto x) {
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
        const auto other = at.x(1 - at.wrt);
        const attributes shields = detail::with_shields(detail::shields_in_derivative(at, other, at.wrt));
        return at.wrt == 0 ? apply<matmul_op>(shields, at.dy, transposed(other)) : apply<matmul_op>(shields, transposed(other), at.dy);
    }

    /// Zeros of data in a product that is summed right away are meant, as weights are.
    static constexpr bool may_vanish(const auto& at) {
        return detail::other_is_shielding(at) || (detail::is_repeated(at.dy) && detail::may_be_meant_zero(at.x(1 - at.wrt)));
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
        if (last < 1) return {{}, fault::matmul_operands_must_be_matrices};
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

template <class T>
inline constexpr bool is_transposition = std::same_as<T, transpose_a_t> || std::same_as<T, transpose_b_t>;

/// What is wrong with a product, judged by the operands as the user wrote them.
template <class A, class B, bool SwapA, bool SwapB>
constexpr fault matmul_fault() {
    if constexpr (is_expr<A> && is_expr<B>) {
        attributes a = A::root(), b = B::root();
        if (a.shape.rank < 2 || b.shape.rank < 2) return fault::matmul_operands_must_be_matrices;
        if (SwapA) a = swap_last_options::asked(a).result;
        if (SwapB) b = swap_last_options::asked(b).result;
        attributes whole_a = batch_options::asked(a, b).result, whole_b = batch_options::asked(b, a).result;
        whole_a.type = a.type;
        whole_b.type = b.type;
        const attributes* in[] = {&whole_a, &whole_b};
        return matmul_op::infer({}, in).found;
    } else
        return fault::none;
}

template <bool SwapA, bool SwapB>
inline constexpr auto matmul_shown =
    show([] { return phrase("matmul") << (SwapA ? " transpose_a" : "") << (SwapB ? " transpose_b" : ""); });

} // namespace detail

/// The matrix product `[..., M, K]` by `[..., K, N]`: y_mn = sum over k of a_mk b_kn. An operand
/// without the other's leading axes is used for each of them.
/// `transpose_a`, `transpose_b` swap the last two axes of an operand first.
/// @returns `[..., M, N]`. Derivatives: dy b^T and a^T dy.
/// **Fails when** the inner dimensions differ (`matmul_inner_dimensions_must_match`), an operand has
/// rank < 2 (`matmul_operands_must_be_matrices`), the leading axes differ, or the dtypes do. Source: `tf.linalg.matmul`.
struct matmul_function {
    template <operand A, data_like B, class... Swap>
    constexpr auto operator()(A, B, Swap...) const {
        return broken<fault::data_must_be_fed, "matmul", detail::operands_shown<A, B>>;
    }
    template <data_like A, operand B, class... Swap>
    constexpr auto operator()(A, B, Swap...) const {
        return broken<fault::data_must_be_fed, "matmul", detail::operands_shown<A, B>>;
    }
    template <operand A, operand B, class... Swap>
        requires(detail::is_transposition<Swap> && ...)
    constexpr auto operator()(A a, B b, Swap...) const {
        constexpr bool swap_a = (std::same_as<Swap, transpose_a_t> || ...);
        constexpr bool swap_b = (std::same_as<Swap, transpose_b_t> || ...);
        constexpr fault found = detail::matmul_fault<A, B, swap_a, swap_b>();
        if constexpr (found != fault::none)
            return broken<found, detail::matmul_shown<swap_a, swap_b>, facts_shown<found, A>, facts_shown<found, B>>;
        else {
            const auto left = swapped<swap_a>(a);
            const auto right = swapped<swap_b>(b);
            return apply<matmul_op>(with_batch(left, right), with_batch(right, left));
        }
    }

private:
    template <bool Swap, operand X>
    static constexpr auto swapped(X x) {
        if constexpr (Swap)
            return apply<view_op, detail::swap_last_options>(x);
        else
            return x;
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

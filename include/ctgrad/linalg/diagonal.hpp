// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/linalg/matrices.hpp>
#include <ctgrad/ops/one_hot.hpp>
#include <ctgrad/ops/reduce_sum.hpp>

namespace ctgrad {

/// The diagonals of small square matrices. A kernel of its own, since what is made of them, as logarithms, should not be made number by
/// number in a loop over their rows.
struct diag_part_op : item_op<diag_part_op> {
    static constexpr char name[] = "diag_part";
    static constexpr int arity = 1;
    static constexpr int item_axes = 2;
    static constexpr std::int64_t flops(const item_sizes&) { return 0; }

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked, detail::check_square(*in[0])};
        if (out.found != fault::none) return out;
        out.result.type = in[0]->type;
        out.result.shape = in[0]->shape;
        --out.result.shape.rank;
        return out;
    }
    static constexpr item_sizes sizes(const attributes&, const tensor_shape* in) { return {detail::rows_of_matrix(in[0]), 0, 0}; }

    template <class S, class V>
    static constexpr bool compute(S s, V* out, const V* x) {
        for (int i = 0; i < s.n; ++i) out[i] = x[i * s.n + i];
        return false;
    }

    static constexpr ref derivative(const auto& at) {
        attributes rows;
        rows.shape = at.x(0).shape();
        for (int k = 0; k < rows.shape.rank; ++k) rows.numbers[k] = k + 1 < rows.shape.rank ? k : -1;
        return detail::kept(apply<view_op>(rows, at.dy), detail::triangle::diagonal);
    }
    static constexpr bool may_vanish(const auto&) { return true; }
};

namespace detail {

/// Whether an element of a matrix lies on the diagonal, for the last axes of `x` or, of vectors, for its last axis twice.
template <bool OfVectors>
struct make_diagonal_mask {
    static constexpr ref of(auto& into, const attributes& x) {
        const int last = x.shape.rank - 1;
        attributes a;
        a.type = dtype::int32;
        a.shape.append(x.shape[OfVectors ? last : last - 1]);
        a.shape.append(x.shape[last]);
        const auto row = into.add(info<coordinate_op>, a, nullptr);
        a.numbers[0] = 1;
        return apply<equal_op>(row, into.add(info<coordinate_op>, a, nullptr));
    }
};

/// Vectors as the rows of matrices.
struct diagonal_options {
    static constexpr inference asked(const attributes& x) {
        if (x.shape.rank < 1 || x.shape.rank == max_rank) return {{}, fault::rank_must_fit};
        inference out;
        out.result.shape = x.shape;
        out.result.shape.append(x.shape[x.shape.rank - 1]);
        for (int k = 0; k < x.shape.rank; ++k) out.result.numbers[k] = k;
        out.result.numbers[x.shape.rank] = -1;
        return out;
    }
};

template <class X>
constexpr fault diagonal_fault() {
    if constexpr (is_expr<X>) {
        const tensor_shape& s = X::root().shape;
        if (s.rank < 2) return fault::matmul_operands_must_be_matrices;
        return s[s.rank - 1] == s[s.rank - 2] ? check_domain(domain::numeric, X::type()) : fault::matrices_must_be_square;
    } else
        return fault::none;
}
template <class X>
constexpr fault diag_fault() {
    if constexpr (is_expr<X>) {
        const fault found = diagonal_options::asked(X::root()).found;
        return found != fault::none ? found : check_domain(domain::numeric, X::type());
    } else
        return fault::none;
}

} // namespace detail

/// The diagonals of square matrices `[..., n, n]`, of any size.
/// @returns `[..., n]`. Derivative: the gradient on the diagonal.
/// **Fails when** the matrices are not square (`matrices_must_be_square`). Source: `tf.linalg.diag_part`.
struct diag_part_function {
    template <operand X>
    constexpr auto operator()(X x) const {
        if constexpr (detail::is_poison<X>)
            return poison{};
        else if constexpr (constexpr fault found = detail::diagonal_fault<X>(); found != fault::none)
            return broken<found, "diag_part", facts_shown<found, X>>;
        else if constexpr (detail::square_fault<X>() == fault::none)
            return apply<diag_part_op>(x);
        else // of any size and dtype
            return reduce_sum(where(detail::leaf_beside<detail::make_diagonal_mask<false>>(x), x, literal<0>{}), axis<-1>);
    }
};
inline constexpr diag_part_function diag_part{};

/// Matrices `[..., n, n]` with vectors `[..., n]` on their diagonals, else 0.
/// @returns one axis more. Derivative: the diagonal of the gradient.
/// **Fails when** `x` is a scalar or has 6 axes (`rank_must_fit`). Source: `tf.linalg.diag`.
struct diag_function {
    template <operand X>
    constexpr auto operator()(X x) const {
        if constexpr (detail::is_poison<X>)
            return poison{};
        else if constexpr (constexpr fault found = detail::diag_fault<X>(); found != fault::none)
            return broken<found, "diag", facts_shown<found, X>>;
        else
            return where(detail::leaf_beside<detail::make_diagonal_mask<true>>(x), apply<view_op, detail::diagonal_options>(x),
                         literal<0>{});
    }
};
inline constexpr diag_function diag{};

/// The sums of the diagonals of square matrices `[..., n, n]`, of any size.
/// @returns the leading axes of `x`. Derivative: the gradient on the diagonal.
/// **Fails when** the matrices are not square (`matrices_must_be_square`). Source: `tf.linalg.trace`.
struct trace_function {
    template <operand X>
    constexpr auto operator()(X x) const {
        if constexpr (detail::is_poison<X>)
            return poison{};
        else if constexpr (constexpr fault found = detail::diagonal_fault<X>(); found != fault::none)
            return broken<found, "trace", facts_shown<found, X>>;
        else
            return reduce_sum(where(detail::leaf_beside<detail::make_diagonal_mask<false>>(x), x, literal<0>{}), axis<-2, -1>);
    }
};
inline constexpr trace_function trace{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/detail/shields.hpp>
#include <ctgrad/ops/matmul.hpp>
#include <ctgrad/shape/axes.hpp>

namespace ctgrad {

/// `[..., M]` and `[..., N]` to `[M, N]`: y_mn = sum over all leading axes of a_m b_n, the gradient of a matrix that is used
/// for each of them. One product of matrices, where a sum of products would store each product.
/// Both operands lie in memory as a whole.
struct sum_of_outer_products_op {
    static constexpr char name[] = "sum_of_outer_products";
    static constexpr op_kind kind = op_kind::contraction;
    static constexpr product_form form = product_form::outer_products;
    static constexpr int arity = 2;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        out.result.type = in[0]->type;
        out.result.shape = {};
        for (const attributes* x : {in[0], in[1]}) out.result.shape.append(x->shape[x->shape.rank - 1]);
        return out;
    }

    template <class Out, class A, class B>
    static constexpr void evaluate(const attributes& asked, const strided<Out>& out, const strided<A>& a, const strided<B>& b) {
        const int last = a.rank - 1;
        for_each_index(2, out.extent, [&](const std::int64_t* index) { out.at(index) = 0; });
        for_each_index(last, a.extent, [&](const std::int64_t* index) {
            std::int64_t at_a[max_rank]{}, at_b[max_rank]{};
            for (int k = 0; k < last; ++k) at_a[k] = at_b[k] = index[k];
            for_each_index(2, out.extent, [&](const std::int64_t* place) {
                at_a[last] = place[0];
                at_b[last] = place[1];
                out.at(place) += detail::shielded_term<Out>(detail::shields_of(asked), a.at(at_a), b.at(at_b));
            });
        });
    }

    /// da_m = sum over n of b_n dy_mn, and the other way round.
    static constexpr ref derivative(const auto& at) {
        const auto other = at.x(1 - at.wrt), dy = at.wrt == 0 ? matmul_op::transposed(at.dy) : at.dy;
        auto each = other.shape();
        for (int k = 0; k < 2; ++k) each[each.rank - 2 + k] = dy.shape()[k];
        return apply<matmul_op>(detail::with_shields(detail::shields_in_derivative(at, other, 1)), other, expand(dy, each));
    }
    static constexpr bool may_vanish(const auto& at) { return detail::other_is_shielding(at); }
};

} // namespace ctgrad

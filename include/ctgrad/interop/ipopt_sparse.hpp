// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/if_used.hpp>
#include <ctgrad/interop/detail/compute_into.hpp>
#include <ctgrad/interop/detail/ipopt_data.hpp>
#include <ctgrad/interop/detail/packed_check.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/transform/sparsity.hpp>

#include <cmath>
#include <tuple>

namespace ctgrad {

namespace detail {

/// The weights of the objective and of constraints [M] in a Lagrangian.
inline constexpr auto weight_of_loss = placeholder<"weight of the loss", double>;
template <std::int64_t M>
inline constexpr auto weights_of_constraints = placeholder<"weights of the constraints", double, M>;

/// What is wrong with a problem of the loss `L` and constraints `G` of one vector `V`.
template <class L, class G, class V>
struct ipopt_sparse_check {
    static constexpr finding found = [] {
        if constexpr (holds_poison<L, G, V>)
            return finding(fault::reported);
        else if constexpr (constexpr finding loss = check_loss<L>("ipopt_sparse_problem"); !loss.is_fine())
            return loss;
        else if constexpr (constexpr finding leaf = check_packed<L>("ipopt_sparse_problem", leaves_at<packed<V>>); !leaf.is_fine())
            return leaf;
        else if constexpr (G::rank != 1 || !G::shape().is_static() || G::type() != dtype::float64 || V::rank != 1)
            return finding(fault::leaves_must_be_packed, "ipopt_sparse_problem", result_shown<G>(), result_shown<V>());
        else
            return finding();
    }();
};

} // namespace detail

/// A problem for Ipopt with derivatives of the structure that the expressions have: the least value of `loss` where constraints [M] lie in
/// intervals, of one vector of doubles. Of the Jacobian of the constraints and the Hessian of the Lagrangian only elements that may differ
/// from 0 are computed, and only these are Ipopt's; where they are is known when the program is compiled. So it serves 10^5 variables.
/// ```
/// Ipopt::SmartPtr problem = new ipopt_sparse_problem(loss, constraints, q, target = data);
/// ```
/// What it has besides, an `ipopt_problem` has: `start`, `lower`, ..., `x`, `value`. Data with a name are referred to and must outlive it.
/// **Fails when** the constraints are no vector of float64 of a static extent, or the leaf is none (`leaves_must_be_packed`), and as
/// `sparse_jacobian` and `sparse_hessian` do.
template <expression L, expression G, expression V, class... Fed>
class ipopt_sparse_problem : public detail::ipopt_data {
    static constexpr auto checked = [] {
        if constexpr (!detail::ipopt_sparse_check<L, G, V>::found.is_fine()) return refuse<detail::ipopt_sparse_check<L, G, V>>();
    };
    static_assert((checked(), true));
    static constexpr auto weights = detail::weights_of_constraints<G::shape().static_size()>;
    static constexpr auto lagrangian = detail::weight_of_loss * L{} + reduce_sum(weights * G{});
    static constexpr auto of_constraints = jacobian_sparsity(G{}, V{});
    static constexpr auto of_lagrangian = hessian_sparsity(lagrangian, V{});
    using slope = std::remove_const_t<decltype(gradient(L{}, V{})[V{}])>;
    using jacobian_elements = std::remove_const_t<decltype(sparse_jacobian(G{}, V{})[V{}])>;
    using hessian_elements = std::remove_const_t<decltype(sparse_hessian(lagrangian, V{})[V{}])>;

public:
    using detail::ipopt_data::index;

    explicit ipopt_sparse_problem(L, G, V, Fed... fed)
        : ipopt_data(static_cast<std::size_t>(V::shape().static_size()), static_cast<std::size_t>(G::shape().static_size())),
          fed_(std::move(fed)...), whole_(static_cast<std::size_t>(of_lagrangian.nnz)) {
        for (int k = 0; k < of_lagrangian.nnz; ++k)
            if (of_lagrangian.column_of(k) <= of_lagrangian.row_of(k)) below_.push_back(static_cast<std::size_t>(k));
    }

    /// How many elements the solver is given: of the Jacobian, and of the symmetric Hessian the lower half.
    static constexpr index jacobian_nnz = of_constraints.nnz;
    index hessian_nnz() const { return static_cast<index>(below_.size()); }

    bool get_nlp_info(index& n, index& m, index& in_jacobian, index& in_hessian, IndexStyleEnum& style) override {
        n = static_cast<index>(start.size());
        m = static_cast<index>(constraint_lower.size());
        in_jacobian = jacobian_nnz;
        in_hessian = hessian_nnz();
        style = C_STYLE;
        return true;
    }
    bool eval_f(index, const double* at, bool, double& found) override {
        compute<L>(at, {{{&found, 1}}});
        return std::isfinite(found);
    }
    bool eval_grad_f(index, const double* at, bool, double* gradient) override {
        double found = 0; // computed with it, so that all data that are fed belong to the program
        compute<L, slope>(at, {{{&found, 1}, {gradient, start.size()}}});
        return std::isfinite(found);
    }
    bool eval_g(index, const double* at, bool, index m, double* g) override {
        compute<G>(at, {{{g, static_cast<std::size_t>(m)}}});
        return std::all_of(g, g + m, [](double each) { return std::isfinite(each); });
    }
    bool eval_jac_g(index, const double* at, bool, index, index, index* row, index* column, double* values) override {
        if (values != nullptr)
            compute<jacobian_elements>(at, {{{values, static_cast<std::size_t>(jacobian_nnz)}}});
        else
            for (int k = 0; k < jacobian_nnz; ++k) row[k] = of_constraints.row_of(k), column[k] = of_constraints.column_of(k);
        return true;
    }
    bool eval_h(index, const double* at, bool, double factor, index m, const double* lambda, bool, index, index* row, index* column,
                double* values) override {
        if (values != nullptr)
            compute<hessian_elements>(at, {{whole_}}, if_used(detail::weight_of_loss = factor),
                                      if_used(weights = std::span(lambda, static_cast<std::size_t>(m))));
        for (std::size_t k = 0; k < below_.size(); ++k) {
            const int at_whole = static_cast<int>(below_[k]);
            if (values != nullptr)
                values[k] = whole_[below_[k]];
            else
                row[k] = of_lagrangian.row_of(at_whole), column[k] = of_lagrangian.column_of(at_whole);
        }
        return true;
    }

private:
    template <class... E, class... More>
    void compute(const double* at, const std::array<std::span<double>, sizeof...(E)>& memory, const More&... more) const {
        std::apply(
            [&](const Fed&... fed) {
                detail::compute_into<E...>(memory, if_used(referred(fed))..., more..., if_used(V{} = std::span(at, start.size())));
            },
            fed_);
    }
    /// The same data without a copy.
    template <class Leaf, class Data, bool Holds>
    static binding<Leaf, const Data> referred(const binding<Leaf, Data, Holds>& given) {
        return {given.data};
    }

    std::tuple<Fed...> fed_;
    std::vector<double> whole_;      // both halves of the Hessian
    std::vector<std::size_t> below_; // which of them are the lower half
};

template <class L, class G, class V, class... Fed>
ipopt_sparse_problem(L, G, V, Fed...) -> ipopt_sparse_problem<L, G, V, Fed...>;

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/apply.hpp>
#include <ctgrad/graph/traits.hpp>
#include <ctgrad/ops/detail/scaled_number.hpp>
#include <ctgrad/shape/axes.hpp>

#include <cstddef>

namespace ctgrad {

namespace detail {

/// A product of factors x + u1 t1 + u2 t2 ..., up to the first power of each t: part S is what stands at the t's in S.
template <int Directions>
struct product_jet {
    static constexpr int parts = 1 << Directions;
    scaled_number part[static_cast<std::size_t>(parts)]{};

    /// The empty product.
    static constexpr product_jet one() {
        product_jet j;
        j.part[0] = scaled_number(1);
        return j;
    }
    /// A direction that is 0 adds nothing, be the other factor infinite or NaN.
    friend constexpr product_jet operator*(const product_jet& a, const product_jet& b) {
        product_jet product;
        for (int s = 0; s < parts; ++s)
            for (int of_a = 0; of_a <= s; ++of_a) {
                const int of_b = s & ~of_a;
                if ((of_a & ~s) != 0 || (of_a != 0 && a.part[of_a].is_zero()) || (of_b != 0 && b.part[of_b].is_zero())) continue;
                product.part[s] = product.part[s] + a.part[of_a] * b.part[of_b];
            }
        return product;
    }
};

/// The products of all elements of a range but one, for each of them, by halves: no division, and no memory.
template <int Directions>
class exclusive_products {
    using jet = product_jet<Directions>;

public:
    /// Calls `take(i, jet)` for i in [first, end), where `factor(i)` gives the factors.
    template <class Factor, class Take>
    static constexpr void run(std::int64_t first, std::int64_t end, const Factor& factor, const Take& take,
                              const jet& others = jet::one()) {
        if (end - first == 1) return take(first, others);
        if (end == first) return;
        const std::int64_t middle = first + (end - first) / 2;
        run(first, middle, factor, take, others * product(middle, end, factor));
        run(middle, end, factor, take, others * product(first, middle, factor));
    }

private:
    template <class Factor>
    static constexpr jet product(std::int64_t first, std::int64_t end, const Factor& factor) {
        jet all = jet::one();
        for (std::int64_t i = first; i < end; ++i) all = all * factor(i);
        return all;
    }
};

} // namespace detail

/// The product of all other elements along the axes in `numbers[0]`, for each element of x: the derivative of `reduce_prod`.
/// With directions u, v it is the derivative of that along u and v. A linear form v of it has, with respect to x, the
/// derivative along one direction more, v, and with respect to a direction the same with v in its place: so derivatives
/// are exact where elements are 0, too.
template <int Directions>
struct exclusive_product_op {
    static_assert(Directions < max_arity);
    static constexpr std::string_view name = Directions == 0   ? "exclusive_product"
                                             : Directions == 1 ? "exclusive_product_along"
                                                               : "exclusive_product_along_two";
    static constexpr int flops = 20;
    static constexpr op_kind kind = op_kind::general;
    static constexpr int arity = 1 + Directions;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        out.result.type = in[0]->type;
        out.result.shape = in[0]->shape;
        return out;
    }

    template <class Out, class... In>
    static constexpr void evaluate(const attributes& asked, const strided<Out>& out, const In&... in) {
        const axis_mask axes = reduced_axes(asked);
        std::int64_t kept[max_rank]{}, along[max_rank]{}, count = 1;
        for (int k = 0; k < out.rank; ++k) {
            kept[k] = axes.has(k) ? 1 : out.extent[k];
            along[k] = axes.has(k) ? out.extent[k] : 1;
            count *= along[k];
        }
        for_each_index(out.rank, kept, [&](const std::int64_t* start) {
            std::int64_t at[max_rank]{};
            const auto go_to = [&](std::int64_t i) {
                for (int k = out.rank - 1; k >= 0; --k) {
                    at[k] = start[k] + i % along[k];
                    i /= along[k];
                }
            };
            const auto factor = [&](std::int64_t i) {
                go_to(i);
                const double values[] = {static_cast<double>(in.at(at))...};
                detail::product_jet<Directions> jet;
                jet.part[0] = detail::scaled_number(values[0]);
                for (int d = 0; d < Directions; ++d) jet.part[1 << d] = detail::scaled_number(values[1 + d]);
                return jet;
            };
            const auto take = [&](std::int64_t i, const detail::product_jet<Directions>& others) {
                go_to(i);
                out.at(at) = static_cast<Out>(others.part[(1 << Directions) - 1].value());
            };
            detail::exclusive_products<Directions>::run(0, count, factor, take);
        });
    }

    static constexpr ref derivative(const auto& at) {
        if constexpr (Directions == 0)
            return apply<exclusive_product_op<1>>(at.attrs(), at.x(0), at.dy);
        else if constexpr (Directions == 1)
            return at.wrt == 0 ? apply<exclusive_product_op<2>>(at.attrs(), at.x(0), at.x(1), at.dy)
                               : apply<exclusive_product_op<1>>(at.attrs(), at.x(0), at.dy);
        else {
            if (at.wrt == 0) not_a_constant("reduce_prod has derivatives up to the third order");
            return apply<exclusive_product_op<2>>(at.attrs(), at.x(0), at.dy, at.x(3 - at.wrt));
        }
    }
    static constexpr bool may_vanish(const auto&) { return true; }
};

} // namespace ctgrad

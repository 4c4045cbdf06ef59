// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/detail/products.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/reduction.hpp>
#include <ctgrad/ops/size.hpp>
#include <ctgrad/simd/vec.hpp>

namespace ctgrad {

struct reduce_sum_op : reduction_op {
    static constexpr std::string_view name = "reduce_sum";
    static constexpr double identity = -0.0; // -0 + x is x for every x, and so never computed; 0 + -0 is 0
    static constexpr bool is_sum = true; ///< Long ones are added block by block.
    /// Some ops know how to sum what they make of floats without making each of it.
    template <class Op, class V>
    using sum_of = typename Op::template sum<V>;

    static constexpr auto combine(auto a, auto b) { CTGRAD_FUSES return a + b; }
    static constexpr ref derivative(const auto& at) {
        return spread(at.dy, at.x().shape(), reduced_axes(at.attrs()));
    }
    static constexpr ref simplify(const auto& at) {
        if (const ref simpler = simplify_reduction<reduce_sum_op>(at)) return simpler;
        const auto x = at.x();
        if (const ref one = sum_of_scaled_sums(at, x)) return one;
        // A repeated axis only multiplies: the sum over i of x is n x.
        if (const ref cheaper = detail::sum_of_product(x, at.attrs())) return cheaper;
        const axis_mask axes = reduced_axes(at.draft);
        const tensor_shape shape = x.shape();
        axis_mask repeated;
        axis_mask others;
        attributes kept; // x without its repeated axes
        for (int k = 0, next = 0; k < shape.rank; ++k) {
            const bool constant_along = x->op->kind == op_kind::constant || (detail::is_made_by<view_op>(x) && x->numbers[k] < 0);
            if (axes.has(k) && constant_along) {
                repeated.bits |= 1u << k;
                continue;
            }
            if (axes.has(k)) others.bits |= 1u << next;
            kept.numbers[next++] = k;
            kept.shape.append(shape[k]);
        }
        if (repeated.bits == 0) return without_number(at, x);
        attributes rest;
        rest.numbers[0] = static_cast<std::int32_t>(others.bits);
        const auto once = apply<view_op>(kept, x);
        const auto count = element_count(*at.graph, at.draft.type, shape, repeated);
        const auto sum = apply<reduce_sum_op>(rest, once);
        if (is_constant(count, 0)) return constant(*at.graph, 0, at.draft.type, at.draft.shape);
        return detail::is_number(count) ? sum * count : apply<multiply_no_nan_op>(attributes{}, sum, count); // of nothing it is 0
    }

private:
    /// The sum of c times a sum of y, or of that sum divided by 1/c, is one sum of c y if c is at most 1: means of means.
    static constexpr ref sum_of_scaled_sums(const auto& at, const auto x) {
        const bool divides = detail::is_made_by<divide_op>(x);
        if (!divides && !detail::is_made_by<multiply_op>(x)) return {};
        for (int k = 0; k < (divides ? 1 : 2); ++k) {
            const auto inner = x.input(k), factor = x.input(1 - k);
            if (!detail::is_made_by<reduce_sum_op>(inner) || !detail::is_number(factor)) continue;
            if (detail::is_bounded(inner.input(0))) return {}; // there numbers leave
            if (is_constant(factor, 0)) return {};
            const double c = divides ? 1 / constant_value(*factor) : constant_value(*factor);
            if (!(c <= 1 && c >= -1) || !detail::keeps_digits(c < 0 ? -c : c)) return {};
            const attributes along = *inner;
            return apply<reduce_sum_op>(at.attrs(), apply<reduce_sum_op>(along, inner.input(0) * c));
        }
        return {};
    }
    /// The sum of c x is c times the sum of x. Only a number that is multiplied last leaves, and of at least 1 if x has no
    /// bounds: else sums or products might leave the range. In a short sum a number goes to a factor that is there first.
    static constexpr ref without_number(const auto& at, const auto x) {
        if (const ref w = detail::without_sign(x)) return -apply<reduce_sum_op>(at.attrs(), w);
        if (detail::is_short_sum(x)) {
            const auto parts = detail::without_number(x, false);
            const auto scaled = parts.rest ? detail::with_number_on_data(parts.rest, parts.number) : ref{};
            if (scaled && !(scaled == x)) return apply<reduce_sum_op>(at.attrs(), scaled);
        }
        const auto parts = detail::without_last_number(x);
        if (!parts.rest || !(detail::is_at_least_one(parts.number) || detail::is_bounded(parts.rest))) return {};
        return apply<reduce_sum_op>(at.attrs(), parts.rest) * parts.number;
    }
};

/// The sum along `axis<...>` (all axes if none is named): `reduce_sum(x, axis<1>, keepdims)`.
/// @returns the shape of `x` without those axes, or with extent 1 there after `keepdims`.
/// Derivative: 1.
/// **Fails when** an axis is out of range or named twice (`axis_must_be_in_range`,
/// `axes_must_be_distinct`), or `x` is a mask (`dtype_must_be_numeric`).
inline constexpr reduction_function<reduce_sum_op> reduce_sum{};

} // namespace ctgrad

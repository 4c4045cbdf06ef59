// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/options.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/reduce_mean.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad {

/// The base of what makes one number of the values of a loss. `of(values, weights, mask)` is given the values, already
/// multiplied by weights and mask, the weights and the mask, each `unset` if there is none.
struct reduction_mode {};

namespace detail {

/// x / y, or 0 where y is 0.
template <expression X, expression Y>
constexpr auto divide_no_nan(X x, Y y) {
    return where(y == literal<0>{}, literal<0>{}, x / y);
}

template <class W>
inline constexpr bool is_there = !std::is_same_v<std::remove_const_t<W>, unset>;

/// `x`, or the product with a factor that there may be.
template <class X, class Factor>
constexpr auto times(X x, Factor factor) {
    if constexpr (!is_there<Factor>)
        return x;
    else if constexpr (!is_there<X>)
        return factor;
    else
        return multiply_no_nan(x, factor); // a weight of 0 leaves out what is infinite or NaN
}

/// A mask as 0 and 1 beside `x`, if there is one.
template <class Mask, class X>
constexpr auto as_factor(Mask mask, X x) {
    if constexpr (is_there<Mask>)
        return cast_like(mask, x);
    else
        return mask;
}

} // namespace detail

/// The names of reductions; a namespace of their own keeps `none` from shadowing others' enumerators.
namespace reductions {

/// The values as they are.
struct none_t : reduction_mode {
    template <class V, class W, class M>
    static constexpr auto of(V values, W, M) {
        return values;
    }
};
inline constexpr none_t none{};

/// Their sum.
struct sum_t : reduction_mode {
    template <class V, class W, class M>
    static constexpr auto of(V values, W, M) {
        return reduce_sum(values);
    }
};
inline constexpr sum_t sum{};

/// Their sum by their number, masked ones left out: weights are no part of the number. (`mean` of Keras is the same.)
struct sum_over_batch_size_t : reduction_mode {
    template <class V, class W, class M>
    static constexpr auto of(V values, W, M mask) {
        if constexpr (detail::is_there<M>)
            return detail::divide_no_nan(reduce_sum(values), reduce_sum(detail::as_factor(mask, values)));
        else
            return reduce_mean(values);
    }
};
inline constexpr sum_over_batch_size_t sum_over_batch_size{};

/// Their sum by the sum of the weights, 0 if that is 0; without weights their mean.
struct mean_with_sample_weight_t : reduction_mode {
    template <class V, class W, class M>
    static constexpr auto of(V values, W weights, M mask) {
        const auto counted = detail::times(weights, detail::as_factor(mask, values));
        if constexpr (!detail::is_there<decltype(counted)>)
            return reduce_mean(values);
        else if constexpr (detail::is_literal<decltype(counted)>)
            return reduce_sum(values) /
                   literal<std::bit_cast<std::uint64_t>(decltype(counted)::value == 0 ? 1.0 : decltype(counted)::value)>{};
        else
            return detail::divide_no_nan(reduce_sum(values), reduce_sum(counted));
    }
};
inline constexpr mean_with_sample_weight_t mean_with_sample_weight{};

} // namespace reductions
using namespace reductions;

/// Whether `Mode` is a reduction: `decltype(sum)`.
template <class Mode>
concept is_reduction = std::is_base_of_v<reduction_mode, Mode>;

/// Arguments: the option, what it was given.
template <fact Option, fact Given>
CTGRAD_RULE(reduction_must_be_known, "say none, sum, sum_over_batch_size (the mean) or mean_with_sample_weight.")
inline constexpr poison broken<fault::reduction_must_be_known, Option, Given>{};

/// How a loss object makes one number of its values: `huber(reduction = sum)`.
struct reduction_t {
    static constexpr fixed_string name = "reduction";

    template <class Mode>
    constexpr auto operator=(Mode) const {
        if constexpr (is_reduction<Mode>)
            return chosen<reduction_t, Mode>{};
        else
            return wrong(broken<fault::reduction_must_be_known, "reduction", show([] { return given_name<Mode>(); })>);
    }

private:
    static constexpr chosen<reduction_t, poison> wrong(poison) { return {}; }

    template <class Mode>
    static constexpr std::string_view given_name() {
        if constexpr (requires { Mode::name.view(); })
            return Mode::name.view();
        else
            return std::is_arithmetic_v<Mode> || detail::is_literal<Mode> ? "number" : "no reduction";
    }
};
inline constexpr reduction_t reduction{};

} // namespace ctgrad

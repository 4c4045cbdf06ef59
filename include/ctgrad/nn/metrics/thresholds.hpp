// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/activations/relu.hpp>
#include <ctgrad/nn/metrics/not_a_number.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/greater.hpp>
#include <ctgrad/ops/one_hot.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/where.hpp>

#include <array>
#include <tuple>

namespace ctgrad {

/// Several numbers as the value of an option.
template <operand... X>
struct number_list {
    /// The numbers, if they are literals.
    static constexpr std::array<double, sizeof...(X)> value() { return {X::value...}; }
};

/// An option that takes one number, several, or a vector of them: `thresholds = 0.7_c`, `thresholds(0.5_c, 0.7_c)`.
template <class Self, fixed_string Name>
struct numbers_option {
    static constexpr fixed_string name = Name;

    template <operand... X>
    constexpr chosen<Self, number_list<X...>> operator()(X...) const {
        return {};
    }
    template <operand X>
    constexpr chosen<Self, X> operator=(X) const {
        return {};
    }
    constexpr chosen<Self, unset> operator=(unset) const { return {}; }
    constexpr chosen<Self, required> operator=(required) const { return {}; }
};

/// The numbers that a positive prediction exceeds, one after the other: there is a result for each.
struct thresholds_t : numbers_option<thresholds_t, "thresholds"> {
    using numbers_option::operator=;
};
inline constexpr thresholds_t thresholds{};

/// How many thresholds there are at equal distances from 0 to 1, both included.
struct num_thresholds_t : option<num_thresholds_t, "num_thresholds", interval::whole> {
    using option::operator=;
    static constexpr bool is_constant = true;
};
inline constexpr num_thresholds_t num_thresholds{};

namespace detail {

template <class X>
inline constexpr bool is_vector = false;
template <std::uint64_t Hash>
inline constexpr bool is_vector<expr<Hash>> = expr<Hash>::rank > 0;

template <class X>
inline constexpr bool are_several = is_vector<X>;
template <class... X>
inline constexpr bool are_several<number_list<X...>> = sizeof...(X) > 1;

/// How many numbers an option has.
template <class X>
constexpr dimension size_of(X) {
    if constexpr (is_vector<X>)
        return X::shape()[0];
    else
        return 1;
}
template <class... X>
constexpr dimension size_of(number_list<X...>) {
    return static_cast<std::int64_t>(sizeof...(X));
}

struct expansion_options {
    static constexpr inference asked(const attributes& x, const attributes& other) { return {expansion(x.shape, other.shape)}; }
};

/// `x`, whose axes are the last of `other`, repeated along the others.
template <operand X, operand Other>
constexpr auto repeated_like(X x, Other other) {
    return apply_like<view_op, expansion_options>(x, other);
}

/// Numbers as a vector in the dtype of `p`.
template <std::size_t At = 0, class... X>
constexpr auto vector_of(number_list<X...> all, auto places, auto p) {
    if constexpr (At == sizeof...(X))
        return cast_like(places, p);
    else {
        constexpr literal<std::bit_cast<std::uint64_t>(static_cast<double>(At))> place{};
        const std::tuple_element_t<At, std::tuple<X...>> number{};
        return where(equal(places, place), cast_like(number, p), vector_of<At + 1>(all, places, p));
    }
}
template <operand P, operand... X>
constexpr auto vector_of(number_list<X...> all, P p) {
    return vector_of(all, leaf_beside<make_classes<static_cast<int>(sizeof...(X))>>(p), p);
}
template <operand P, operand X>
constexpr auto vector_of(X x, P p) {
    if constexpr (is_vector<X>)
        return cast_like(x, p);
    else
        return vector_of(number_list<X>{}, p);
}

/// 1 / (Count - 1), 2 / (Count - 1)... up to, not including, 1.
template <int Count, operand P>
constexpr auto inner_thresholds(P p) {
    const auto places = cast_like(leaf_beside<make_classes<Count - 2>>(p), p);
    return (places + literal<std::bit_cast<std::uint64_t>(1.0)>{}) / literal<std::bit_cast<std::uint64_t>(Count - 1.0)>{};
}

/// `x` once for each of `levels`, along a new last axis.
template <operand X, operand Levels>
constexpr auto for_each_level(X x, Levels levels) {
    return apply_like<view_op, beside_classes<0>>(x, levels);
}

/// 1 where a number exceeds a level, else 0: [N,T] for [N] and [T].
template <operand P, operand Levels>
constexpr auto exceeds(P p, Levels levels) {
    const auto each = for_each_level(p, levels);
    return where(is_score(each), cast_like(greater(each, levels), p), not_a_number);
}

/// Along all axes but the last `Kept`.
template <int Kept, operand X>
constexpr auto sum_of_examples(X x) {
    return [&]<int... K>(std::integer_sequence<int, K...>) {
        return reduce_sum(x, axis<K...>);
    }(std::make_integer_sequence<int, X::rank - Kept>{});
}

/// The sum of weights of what exceeds each level.
template <int Kept = 1, operand Above, operand Weights>
constexpr auto sum_above(Above above, Weights weights) {
    return sum_of_examples<Kept>(multiply_no_nan(above, apply_like<view_op, beside_classes<0>>(weights, above)));
}

} // namespace detail
} // namespace ctgrad

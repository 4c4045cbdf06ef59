// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/greater.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/less_equal.hpp>
#include <ctgrad/ops/minimum.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/sqrt.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/where.hpp>

#include <limits>

/// @file Lengths of vectors whose squares may overflow or underflow. One pass takes three sums: of the squares, and of the
/// squares of the elements scaled down and up; the one that is in range gives the length.
/// Source: Blue, A Portable Fortran Program to Find the Euclidean Norm of a Vector (1978).

namespace ctgrad::detail {

/// What scales elements down and up so that squares cover what those of the elements do not; and the sum of squares below which
/// these may have underflowed.
struct scaled_down {
    static constexpr double of_single = 0x1p-80, of_double = 0x1p-600;
};
struct scaled_up {
    static constexpr double of_single = 0x1p+80, of_double = 0x1p+600;
};
struct few_squares {
    static constexpr double of_single = 1e-20, of_double = 1e-200;
};

/// Such a number beside an operand: a literal beside an expression, a double beside a node.
/// @param single whether an element is a float: `std::bool_constant` beside an expression.
template <class Number, operand X, class Single>
constexpr auto norm_number(X, Single single) {
    if constexpr (std::same_as<X, ref>)
        return single ? Number::of_single : Number::of_double;
    else
        return literal<number_bits(Single::value ? Number::of_single : Number::of_double)>{};
}

/// Sums of squares: of the elements, and of the elements scaled down and up.
template <class Middle, class Large, class Small, class Single>
struct norm_sums {
    Middle middle;
    Large large;
    Small small;
    Single single;
};
template <class M, class L, class S, class Single>
norm_sums(M, L, S, Single) -> norm_sums<M, L, S, Single>; // Clang 16 does not find it

/// @param along nothing, or axes and `keepdims`.
template <operand X, class Single, class... Along>
constexpr auto sums_of_squares(X x, Single single, Along... along) {
    return norm_sums{reduce_sum(square(x), along...), reduce_sum(square(x * norm_number<scaled_down>(x, single)), along...),
                     reduce_sum(square(x * norm_number<scaled_up>(x, single)), along...), single};
}
template <class... A, class... B>
constexpr auto operator+(norm_sums<A...> a, norm_sums<B...> b) {
    return norm_sums{a.middle + cast_like(b.middle, a.middle), a.large + cast_like(b.large, a.large), a.small + cast_like(b.small, a.small),
                     a.single};
}

/// Whether `x` has floats.
template <operand X>
constexpr auto is_single(X x) {
    if constexpr (std::same_as<X, ref>)
        return x->type == dtype::float32;
    else
        return std::bool_constant<X::type() == dtype::float32>{};
}

/// What `of(root, scale)` says of the sum that is in range: the length is root times scale.
constexpr auto by_range(auto sums, auto of) {
    constexpr literal<number_bits(std::numeric_limits<double>::infinity())> infinity{};
    const auto root = [](auto squares) { return where(squares > literal<0>{}, sqrt(squares), squares); }; // no slope at 0
    const auto few = norm_number<few_squares>(sums.middle, sums.single);
    return where(sums.middle < few, of(root(sums.small), norm_number<scaled_down>(sums.middle, sums.single)),
                 where(sums.middle < infinity, of(root(sums.middle), literal<number_bits(1.0)>{}),
                       of(sqrt(sums.large), norm_number<scaled_up>(sums.middle, sums.single))));
}

/// The length of vectors along the axes: infinite only if it is too large itself; NaN if an element is.
template <operand X, class... Along>
constexpr auto euclidean_norm(X x, Along... along) {
    return by_range(sums_of_squares(x, is_single(x), along...), [](auto root, auto scale) { return root * scale; });
}

/// What a vector is multiplied by so that its length is at most `limit`; NaN if an element is infinite or NaN.
constexpr auto clip_factor(auto sums, auto limit) {
    constexpr literal<number_bits(1.0)> one{};
    constexpr literal<number_bits(std::numeric_limits<double>::infinity())> infinity{};
    constexpr literal<number_bits(std::numeric_limits<double>::quiet_NaN())> no_length{};
    const auto factor = by_range(sums, [=](auto root, auto scale) { return where(root * scale <= limit, one, limit / root / scale); });
    return where(sums.large < infinity, factor, no_length);
}

} // namespace ctgrad::detail

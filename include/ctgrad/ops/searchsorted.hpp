// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/less_equal.hpp>
#include <ctgrad/ops/one_hot.hpp>
#include <ctgrad/ops/reduce_sum.hpp>

namespace ctgrad {

/// Of `searchsorted`: behind equal elements, and not before them.
struct right_t {};
inline constexpr right_t right{};

/// Where numbers belong in a vector that is sorted: how many of its elements are less, `searchsorted(boundaries, x)`, or not greater,
/// `searchsorted(boundaries, x, right)`.
/// @param sorted a vector; it is not checked that it ascends. @returns int32, the shape of `x`. It has no derivative.
/// **Fails when** `sorted` is no vector or the dtypes differ (`rank_must_fit`, `dtypes_must_match`). Source: `tf.searchsorted`.
struct searchsorted_function {
    template <expression Sorted, expression X>
    constexpr auto operator()(Sorted sorted, X x) const {
        return with(sorted, x, [](auto a, auto b) { return less(a, b); });
    }
    template <expression Sorted, expression X>
    constexpr auto operator()(Sorted sorted, X x, right_t) const {
        return with(sorted, x, [](auto a, auto b) { return less_equal(a, b); });
    }

private:
    template <class Sorted, class X>
    static constexpr auto with(Sorted sorted, X x, auto is_before) {
        if constexpr (detail::is_poison<Sorted> || detail::is_poison<X>)
            return poison{};
        else if constexpr (Sorted::rank != 1)
            return broken<fault::rank_must_fit, show([] { return phrase("searchsorted"); }), facts_shown<fault::rank_must_fit, Sorted>>;
        else
            return reduce_sum(cast<std::int32_t>(is_before(sorted, apply_like<view_op, detail::beside_classes<0>>(x, sorted))), axis<-1>);
    }
};
inline constexpr searchsorted_function searchsorted{};

} // namespace ctgrad

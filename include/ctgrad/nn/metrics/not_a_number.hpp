// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/logical_and.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/not_equal.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/where.hpp>

#include <limits>

/// @file What becomes of scores that are NaN: no hit where hits are counted, NaN where scores are compared with thresholds.

namespace ctgrad::detail {

inline constexpr literal<std::bit_cast<std::uint64_t>(std::numeric_limits<double>::quiet_NaN())> not_a_number{};

/// Whether a score is one.
constexpr auto is_score(auto p) { return equal(p, p); }

/// Whether all of a row, along the last axis, are scores: `are_scores(p)`, `are_scores(p, keepdims)`.
template <operand P, class... Dims>
constexpr auto are_scores(P p, Dims... dims) {
    if constexpr (is_floating(P::type()))
        return equal(reduce_sum(cast_like(not_equal(p, p), p), axis<-1>, dims...), literal<0>{});
    else
        return equal(reduce_sum(p - p, axis<-1>, dims...), literal<0>{});
}

/// `counts` where the scores are right, NaN where they are not, unless the count is 0.
constexpr auto contagious(auto right, auto counts) { return where(right, counts, multiply_no_nan(not_a_number, counts)); }

} // namespace ctgrad::detail

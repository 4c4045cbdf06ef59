// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/simd.hpp>

namespace ctgrad {

struct minimum_op : elementwise_op<2> {
    static constexpr char name[] = "minimum";

    static constexpr auto evaluate(auto a, auto b) { return simd::min(a, b); }
    static constexpr bool may_vanish(const auto&) { return true; }
    static constexpr ref derivative(const auto& at) {
        const auto first = apply<equal_op>(at.x(0), at.y); // of relu only the result need be kept
        return at.wrt == 0 ? apply<where_op>(first, at.dy, 0.0) : apply<where_op>(first, 0.0, at.dy);
    }
};

/// The smaller, element by element: min(a, b); NaN if either is.
/// @returns the common shape of the operands (one may be repeated to fill the other) and their dtype.
/// Derivatives: 1 for the smaller, all to the first at a tie.
/// **Fails when** the shapes do not broadcast, both would have to expand, or the dtypes differ
/// (`shapes_must_broadcast`, `broadcast_must_expand_one_side`, `dtypes_must_match`). Source: `tf.math.minimum`.
inline constexpr op_function<minimum_op> minimum{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/graph/value_facts.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/simd/vec.hpp>

namespace ctgrad {

struct multiply_op : elementwise_op<2> {
    static constexpr char name[] = "multiply";
    static constexpr bool is_arithmetic = true;
    static constexpr bool commutative = true;

    static constexpr auto evaluate(auto a, auto b) { CTGRAD_FUSES return a * b; }
    /// A zero of a mask hides dy, which may be infinite.
    static constexpr ref derivative(const auto& at) {
        const auto other = at.x(1 - at.wrt);
        const bool is_mask = detail::is_always_finite(other) && detail::may_be_meant_zero(other);
        return is_mask && !detail::is_always_finite(at.dy) ? apply<multiply_no_nan_op>(attributes{}, at.dy, other) : at.dy * other;
    }
    /// Zeros of data that are summed right away are meant, as weights are. (Elsewhere what they would hide has spoilt the value.)
    static constexpr bool may_vanish(const auto& at) { return detail::is_repeated(at.dy) && detail::may_be_meant_zero(at.x(1 - at.wrt)); }
};

/// The product, also written `a * b`, element by element: a b.
/// @returns the common shape of the operands (one may be repeated to fill the other) and their dtype.
/// Derivatives: b, a.
/// **Fails when** the shapes do not broadcast, both would have to expand, or the dtypes differ
/// (`shapes_must_broadcast`, `broadcast_must_expand_one_side`, `dtypes_must_match`). Source: `tf.math.multiply`.
inline constexpr op_function<multiply_op> multiply{};

} // namespace ctgrad

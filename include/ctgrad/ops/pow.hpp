// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/graph/value_facts.hpp>
#include <ctgrad/simd.hpp>
#include <ctgrad/ops/greater.hpp>
#include <ctgrad/ops/log.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad {

struct pow_op : elementwise_op<2> {
    static constexpr char name[] = "pow";
    static constexpr int flops = 150;
    static constexpr domain accepts = domain::floating;
    static constexpr bool is_steep = true;

    static constexpr auto evaluate(auto a, auto b) { return simd::pow(a, b); }
    static constexpr ref derivative(const auto& at) {
        const auto x = at.x(0), p = at.x(1);
        if (at.wrt == 0) return at.dy * apply<multiply_no_nan_op>(apply<pow_op>(x, p - 1.0), p); // x^0 is flat, at 0 too
        return at.dy * (at.y * apply<where_op>(x > 0.0, apply<log_op>(x), 0.0));
    }
    /// An exponent of 0 hides the base, and a base of 0 the exponent.
    static constexpr bool may_vanish(const auto& at) { return at.wrt == 1 || !detail::is_never_zero(at.x(1)); }
};

/// The power, element by element: a^b.
/// @returns the common shape of the operands (one may be repeated to fill the other) and their dtype.
/// Derivatives: b a^(b-1); a^b ln a where a > 0, else 0.
/// **Fails when** the shapes do not broadcast, both would have to expand, or the dtypes differ
/// (`shapes_must_broadcast`, `broadcast_must_expand_one_side`, `dtypes_must_match`). Source: `tf.math.pow`.
inline constexpr op_function<pow_op> pow{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/simd/cbrt.hpp>

namespace ctgrad {

struct hypot_op : elementwise_op<2> {
    static constexpr char name[] = "hypot";
    static constexpr int flops = 15;
    static constexpr domain accepts = domain::floating;
    static constexpr bool commutative = true;

    static constexpr auto evaluate(auto x, auto y) { return simd::hypot(x, y); }
    static constexpr ref derivative(const auto& at) {
        return at.dy * apply<where_op>(apply<equal_op>(at.y, 0.0), 0.0, at.x(at.wrt) / at.y);
    }
};

/// The length of a vector of two, element by element: sqrt(x^2 + y^2), without overflow or underflow on the way.
/// @returns the common shape of the operands (one may be repeated to fill the other) and their dtype.
/// Derivatives: x / hypot(x, y) and y / hypot(x, y), 0 at the origin.
/// **Fails when** the shapes do not broadcast, both would have to expand, or the dtypes differ or are not floating
/// (`shapes_must_broadcast`, `broadcast_must_expand_one_side`, `dtypes_must_match`, `dtype_must_be_floating`). Source: `numpy.hypot`.
inline constexpr op_function<hypot_op> hypot{};

} // namespace ctgrad

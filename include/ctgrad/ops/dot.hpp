// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/expand_dims.hpp>
#include <ctgrad/ops/matmul.hpp>
#include <ctgrad/ops/squeeze.hpp>

namespace ctgrad {

/// The scalar product of two vectors `[K]`: the sum over k of a_k b_k.
/// @returns a scalar. Derivatives: dy b, dy a.
/// **Fails when** the extents differ (`matmul_inner_dimensions_must_match`) or the dtypes do. Source: `tf.tensordot`.
struct dot_function {
    template <operand A, operand B>
    constexpr auto operator()(A a, B b) const {
        return squeeze(matmul(expand_dims(a, axis<0>), expand_dims(b, axis<1>)), axis<0, 1>);
    }
};
inline constexpr dot_function dot{};

/// The outer product of two vectors `[M]` and `[N]`: y_mn = a_m b_n.
/// @returns `[M, N]`. Derivatives: dy b, dy^T a. **Fails when** the dtypes differ (`dtypes_must_match`). Source: `numpy.outer`.
struct outer_function {
    template <operand A, operand B>
    constexpr auto operator()(A a, B b) const {
        return matmul(expand_dims(a, axis<1>), expand_dims(b, axis<0>));
    }
};
inline constexpr outer_function outer{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/sin.hpp>

namespace ctgrad {

/// The cosine, element by element: cos x, x in radians.
/// @returns the shape and dtype of `x`. Derivative: -sin x.
/// **Fails when** the dtype is not floating (`dtype_must_be_floating`).
inline constexpr op_function<cos_op> cos{};

} // namespace ctgrad

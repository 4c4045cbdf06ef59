// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/log.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad {

/// x ln y, and 0 where x is 0, whatever y is (`tf.math.xlogy`).
/// @returns the common shape. Derivatives: dx = ln y, dy = x / y, both 0 where x is 0. Source: `tf.math.xlogy`.
struct xlogy_function {
    template <operand X, operand Y>
    constexpr auto operator()(X x, Y y) const {
        return where(equal(x, literal<0>{}), literal<0>{}, x * log(y));
    }
};
inline constexpr xlogy_function xlogy{};

} // namespace ctgrad

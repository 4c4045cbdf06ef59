// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/maximum.hpp>

namespace ctgrad {

/// The rectifier, element by element: max(0, x).
/// @returns the shape and dtype of `x`. Derivative: 1 where x > 0, else 0 (0 at 0).
/// **Fails when** `x` is a mask (`dtype_must_be_numeric`).
struct relu_function {
    template <operand X>
    constexpr auto operator()(X x) const {
        constexpr verdict found = detail::verdict_on<maximum_op, no_options, literal<0>, X>();
        if constexpr (found != verdict::holds)
            return mistake<found, "relu", facts_shown<found, X>>;
        else
            return apply<maximum_op>(literal<0>{}, x);
    }
};
inline constexpr relu_function relu{};

} // namespace ctgrad

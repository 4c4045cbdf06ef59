// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/rules.hpp>

namespace ctgrad {

/// Arguments: the function, what it was given.
template <fact Function, fact Given>
CTGRAD_RULE(option_must_be_a_constant,
            "write axis<1>, x[at<1>], keepdims, dims<N, 28>, permutation<1, 0> or depth<10> instead of a number.")
inline constexpr poison broken<fault::option_must_be_a_constant, Function, Given>{};

/// The base of functions whose options are part of the type: refuses those that are numbers, `f(x, 1)`.
template <fact Function>
struct constant_options {
    template <expression X, class... Options>
        requires(std::is_arithmetic_v<Options> || ...)
    constexpr auto operator()(X, Options...) const {
        if constexpr (detail::is_poison<X>)
            return poison{};
        else
            return broken<fault::option_must_be_a_constant, Function, detail::operands_shown<X, Options...>>;
    }
};

} // namespace ctgrad

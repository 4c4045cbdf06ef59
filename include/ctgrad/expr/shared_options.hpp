// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file Options that functions of several layers have.

#include <ctgrad/expr/options.hpp>

namespace ctgrad {

/// Of a schedule: the least rate, as a part of the first. Of a loss: the weight of a class, or of a kind of error.
struct alpha_t : option<alpha_t> {
    using option::operator=;
    static constexpr fixed_string name = "alpha";
};
inline constexpr alpha_t alpha{};
/// Of `ftrl`: what makes the rate lower. Of a loss: the weight of a kind of error.
struct beta_t : option<beta_t, interval::not_negative> {
    using option::operator=;
    static constexpr fixed_string name = "beta";
};
inline constexpr beta_t beta{};
/// A small number that keeps a divisor or the argument of a logarithm from 0.
struct epsilon_t : option<epsilon_t, interval::not_negative> {
    using option::operator=;
    static constexpr fixed_string name = "epsilon";
};
inline constexpr epsilon_t epsilon{};

} // namespace ctgrad

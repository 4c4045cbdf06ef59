// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/options.hpp>

namespace ctgrad {

/// The number that a positive prediction exceeds.
struct threshold_t : option<threshold_t> {
    using option::operator=;
    static constexpr fixed_string name = "threshold";
};
inline constexpr threshold_t threshold{};

} // namespace ctgrad

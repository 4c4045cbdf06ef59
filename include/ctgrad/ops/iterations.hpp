// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/leaf.hpp>

#include <cstdint>

namespace ctgrad {

/// How many steps were taken before this one: kept with the variables, one more after each step. A learning
/// rate may depend on it: `0.1_c / (1_c + cast<float>(iterations))`. `train[iterations]` reads it.
inline constexpr auto iterations = detail::make_leaf<slot_op, "iterations", std::int32_t>();

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/shape/dimension.hpp>

namespace ctgrad {

/// How often something is repeated: by `tile` and `repeat` what they are given, `times<2>`, of `tile` one number an axis, `times<1, 3>`; by
/// `scan`, `fold` and `while_loop` a step, `times<20>`.
template <dimension... Count>
struct times_t {};
template <dimension... Count>
inline constexpr times_t<Count...> times{};

namespace detail {
/// A number of times; 0 if it has a name.
constexpr int number_of_times(const dimension& count) { return count.is_static() ? static_cast<int>(count.extent) : 0; }
} // namespace detail

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/floating_point.hpp>

#include <cstddef>

namespace ctgrad {

/// An array of `Count` elements, of one where `Count` is 0: counts in this library are ints.
template <class T, int Count>
using counted = T[static_cast<std::size_t>(Count > 0 ? Count : 1)];

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>
#include <ctgrad/shape/tensor_shape.hpp>

#include <concepts>
#include <cstdint>
#include <span>

namespace ctgrad {

/// Fills a new variable: anything with `fill(span of elements, shape)`. The library's own depend on seed and position
/// alone, and give the same numbers on every machine.
template <class I, class T>
concept initializer_for = requires(const I& i, std::span<T> elements, const tensor_shape& shape) { i.fill(elements, shape); };

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/shape/tensor_shape.hpp>

namespace ctgrad {

/// A shape as an argument: `reshape(x, dims<N, 28, 28>)`. In `reshape` one extent may be -1: what remains.
template <dimension... Dims>
struct dims_t {
    static_assert(sizeof...(Dims) <= max_rank, "a tensor has at most 6 axes");
    static constexpr tensor_shape shape{sizeof...(Dims), {Dims...}};
};
template <dimension... Dims>
inline constexpr dims_t<Dims...> dims{};

} // namespace ctgrad

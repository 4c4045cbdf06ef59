// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/layer.hpp>
#include <ctgrad/ops/reshape.hpp>

namespace ctgrad {

namespace detail {

struct flatten_formula {
    static constexpr fixed_string kind = "flatten";
    static constexpr std::string_view name = kind.view();
    static constexpr settings<> defaults{};

    template <class X>
    static constexpr auto of(const auto&, X x) {
        if constexpr (X::rank == 0)
            return reshape(x, dims<1, 1>);
        else
            return reshape(x, dims<X::shape()[0], size_of_example(X::shape())>);
    }

private:
    static constexpr dimension size_of_example(const tensor_shape& shape) {
        std::int64_t size = 1;
        for (int k = 1; k < shape.rank; ++k) size *= shape[k].is_static() ? shape[k].extent : -1;
        return size > 0 ? size : -1;
    }
};

} // namespace detail

/// All axes but the first as one: `[N, 28, 28]` becomes `[N, 784]`. Source: Keras, `Flatten`.
inline constexpr layer_function<detail::flatten_formula> flatten{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/expr/constant_options.hpp>
#include <ctgrad/ops/dims.hpp>

namespace ctgrad {

namespace detail {

template <class Dims>
struct broadcast_to_options {
    static constexpr phrase called(std::string_view) { return phrase("broadcast_to ") << phrase_of(Dims::shape); }
    static constexpr inference asked(const attributes& x) {
        inference out;
        out.result.shape = Dims::shape;
        if (!broadcastable_to(x.shape, Dims::shape)) return {{}, fault::shapes_must_broadcast};
        const int lead = Dims::shape.rank - x.shape.rank;
        for (int k = 0; k < Dims::shape.rank; ++k) out.result.numbers[k] = k >= lead && x.shape[k - lead] == Dims::shape[k] ? k - lead : -1;
        return out;
    }
};

} // namespace detail

/// `x` repeated to fill a shape, aligned at the last axis: `broadcast_to(x, dims<N, 10>)`. Says
/// outright what an operator refuses to do silently.
/// @returns the asked shape. Derivative: the sum over the repeated axes.
/// **Fails when** an extent of `x` is neither 1 nor the asked one (`shapes_must_broadcast`). Source: `tf.broadcast_to`.
struct broadcast_to_function : constant_options<"broadcast_to"> {
    using constant_options<"broadcast_to">::operator();

    template <operand X, dimension... D>
    constexpr auto operator()(X x, dims_t<D...>) const {
        return apply<view_op, detail::broadcast_to_options<dims_t<D...>>>(x);
    }
};
inline constexpr broadcast_to_function broadcast_to{};

} // namespace ctgrad

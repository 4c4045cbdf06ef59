// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/reduction.hpp>

namespace ctgrad {

namespace detail {

template <int Axis>
struct expand_dims_options {
    static constexpr phrase called(std::string_view) { return call_along("expand_dims", axis_t<Axis>::list); }
    static constexpr inference asked(const attributes& x) {
        const int rank = x.shape.rank + 1;
        const int axis = normalized(Axis, rank);
        if (rank > max_rank) return {{}, fault::rank_must_fit};
        if (axis < 0 || axis >= rank) return {{}, fault::axis_must_be_in_range};
        inference out;
        for (int k = 0, next = 0; k < rank; ++k) {
            out.result.numbers[k] = k == axis ? -1 : next;
            out.result.shape.append(k == axis ? dimension(1) : x.shape[next++]);
        }
        return out;
    }
};

} // namespace detail

/// `x` with a new axis of extent 1 at position `axis<k>`: `expand_dims(x, axis<-1>)`.
/// @returns the shape of `x` with that axis, and its dtype. Derivative: 1.
/// **Fails when** the axis is out of range (`axis_must_be_in_range`). Source: `tf.expand_dims`.
struct expand_dims_function : constant_options<"expand_dims"> {
    using constant_options<"expand_dims">::operator();

    template <operand X, int Axis>
    constexpr auto operator()(X x, axis_t<Axis>) const {
        return apply<view_op, detail::expand_dims_options<Axis>>(x);
    }
};
inline constexpr expand_dims_function expand_dims{};

} // namespace ctgrad

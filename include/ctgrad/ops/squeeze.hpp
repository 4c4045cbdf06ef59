// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/reduction.hpp>

namespace ctgrad {

namespace detail {

template <class Axes>
struct squeeze_options {
    static constexpr phrase called(std::string_view) { return call_along("squeeze", Axes::list); }
    static constexpr inference asked(const attributes& x) {
        axis_mask dropped = resolve(Axes::list, x.shape.rank);
        inference out;
        out.found = dropped.found;
        for (int k = 0; k < x.shape.rank; ++k) {
            if (dropped.has(k) && !x.shape[k].is_one()) {
                if (Axes::list.count != 0) out.found = fault::size_must_stay_the_same;
                dropped.bits &= ~(1u << k);
            }
            if (dropped.has(k)) continue;
            out.result.numbers[out.result.shape.rank] = k;
            out.result.shape.append(x.shape[k]);
        }
        return out;
    }
};

} // namespace detail

/// `x` without the named axes, or without all, that have extent 1: `squeeze(x, axis<1>)`.
/// @returns the shape of `x` without those axes, and its dtype. Derivative: 1.
/// **Fails when** a named axis has another extent (`size_must_stay_the_same`). Source: `tf.squeeze`.
struct squeeze_function : constant_options<"squeeze"> {
    using constant_options<"squeeze">::operator();

    template <operand X, int... Axes>
    constexpr auto operator()(X x, axis_t<Axes...> = {}) const {
        return apply<view_op, detail::squeeze_options<axis_t<Axes...>>>(x);
    }
};
inline constexpr squeeze_function squeeze{};

} // namespace ctgrad

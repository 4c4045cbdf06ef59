// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/reduction.hpp>
#include <ctgrad/ops/steps.hpp>

namespace ctgrad {

namespace detail {

template <class Axes>
struct reverse_options {
    static constexpr phrase called(std::string_view) { return call_along("reverse", Axes::list); }
    static constexpr inference asked(const attributes& x) {
        const axis_mask turned = resolve(Axes::list, x.shape.rank);
        inference out;
        out.found = turned.found;
        out.result.shape = x.shape;
        for (int k = 0; k < x.shape.rank; ++k) {
            out.result.numbers[k] = turned.has(k) ? -1 : 1;
            if (out.found == fault::none && turned.has(k) && !x.shape[k].is_static()) out.found = fault::dimension_must_be_static;
        }
        return out;
    }
};

} // namespace detail

/// The elements in the opposite order along static axes, all if none is named: `reverse(x, axis<1>)`; also called `flip`.
/// @returns the shape and dtype of `x`. Derivative: the gradient in the opposite order.
/// **Fails when** an axis is out of range or named twice (`axis_must_be_in_range`, `axes_must_be_distinct`) or has a size that only the
/// call knows (`dimension_must_be_static`). Source: `tf.reverse`, `numpy.flip`.
struct reverse_function : constant_options<"reverse"> {
    using constant_options<"reverse">::operator();

    template <operand X, int... Axes>
    constexpr auto operator()(X x, axis_t<Axes...> = {}) const {
        return apply<steps_op, detail::reverse_options<axis_t<Axes...>>>(x);
    }
};
inline constexpr reverse_function reverse{};

/// `reverse` by its name in NumPy.
inline constexpr reverse_function flip{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/argmax.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/greater.hpp>
#include <ctgrad/ops/logical_not.hpp>
#include <ctgrad/ops/negative.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

namespace detail {

/// What is wrong with a reduction of a mask.
template <class Axes, class X>
constexpr fault mask_reduction_fault() {
    if constexpr (is_expr<X>) {
        const fault found = reduction_options<Axes>::asked(X::root()).found;
        return found != fault::none ? found : X::type() == dtype::boolean ? fault::none : fault::dtype_must_be_boolean;
    } else
        return fault::none;
}

} // namespace detail

/// Whether a mask holds anywhere along `axis<...>`, all axes if none is named: `reduce_any(x > 0_c, axis<1>)`. Of no elements: false.
/// @returns a mask of the shape without those axes, or with extent 1 there after `keepdims`. It has no derivative.
/// **Fails when** `x` is no mask or an axis is wrong (`dtype_must_be_boolean`, `axis_must_be_in_range`). Source: `tf.math.reduce_any`.
struct reduce_any_function : constant_options<"reduce_any"> {
    using constant_options<"reduce_any">::operator();

    template <expression X, int... A, keeps_or_drops Dims = dropdims_t>
    constexpr auto operator()(X x, axis_t<A...> axes = {}, Dims dims = {}) const {
        constexpr fault found = detail::mask_reduction_fault<axis_t<A...>, X>();
        if constexpr (found != fault::none)
            return broken<found, show([] { return detail::call_along("reduce_any", axis_t<A...>::list); }), facts_shown<found, X>>;
        else
            return greater(reduce_sum(cast<std::int32_t>(x), axes, dims), literal<0>{});
    }
};
inline constexpr reduce_any_function reduce_any{};

/// Whether a mask holds everywhere along `axis<...>`, all axes if none is named: `reduce_all(x > 0_c, axis<1>)`. Of no elements: true.
/// @returns a mask of the shape without those axes, or with extent 1 there after `keepdims`. It has no derivative.
/// **Fails when** `x` is no mask or an axis is wrong (`dtype_must_be_boolean`, `axis_must_be_in_range`). Source: `tf.math.reduce_all`.
struct reduce_all_function : constant_options<"reduce_all"> {
    using constant_options<"reduce_all">::operator();

    template <expression X, int... A, keeps_or_drops Dims = dropdims_t>
    constexpr auto operator()(X x, axis_t<A...> axes = {}, Dims dims = {}) const {
        constexpr fault found = detail::mask_reduction_fault<axis_t<A...>, X>();
        if constexpr (found != fault::none)
            return broken<found, show([] { return detail::call_along("reduce_all", axis_t<A...>::list); }), facts_shown<found, X>>;
        else
            return equal(reduce_sum(cast<std::int32_t>(logical_not(x)), axes, dims), literal<0>{});
    }
};
inline constexpr reduce_all_function reduce_all{};

/// The position of the smallest element along one axis (the first axis if none is named, as in TensorFlow); of equal ones the first:
/// `argmin(x, axis<1>)`. Where there is NaN, it is the first NaN's, as in NumPy.
/// @returns int32, the shape of `x` without that axis. It has no derivative.
/// **Fails when** the axis is out of range (`axis_must_be_in_range`). A call throws `ctgrad::error` where the axis is empty.
/// Source: `tf.math.argmin`.
struct argmin_function : constant_options<"argmin"> {
    using constant_options<"argmin">::operator();

    template <expression X, int Axis = 0>
    constexpr auto operator()(X x, axis_t<Axis> along = {}) const {
        constexpr fault found = detail::fault_on<argmax_op, detail::argmax_options<Axis>, X>();
        if constexpr (found != fault::none)
            return broken<found, show([] { return detail::call_along("argmin", axis_t<Axis>::list); }), facts_shown<found, X>>;
        else if constexpr (X::type() == dtype::int32)
            return argmax(subtract(literal<detail::number_bits(-1.0)>{}, x), along); // no number overflows
        else
            return argmax(negative(x), along);
    }
};
inline constexpr argmin_function argmin{};

} // namespace ctgrad

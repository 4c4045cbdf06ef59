// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/concat.hpp>
#include <ctgrad/ops/reshape.hpp>
#include <ctgrad/ops/times.hpp>

namespace ctgrad {

/// How far `roll` moves elements: `shift<1>`, or back: `shift<-2>`.
template <int By>
struct shift_t {};
template <int By>
inline constexpr shift_t<By> shift{};

namespace detail {

/// The view with an axis of extent `Count` in front of axis `Axis`, or behind it.
template <int Axis, int Count, bool Behind>
struct repeated_axis {
    static constexpr inference asked(const attributes& x) {
        const int axis = normalized(Axis, x.shape.rank);
        inference out;
        for (int k = 0; k < x.shape.rank; ++k)
            for (int i = 0; i < (k == axis ? 2 : 1); ++i) {
                const bool is_new = k == axis && (i == 1) == Behind;
                out.result.numbers[out.result.shape.rank] = is_new ? -1 : k;
                out.result.shape.append(is_new ? dimension(Count) : x.shape[k]);
            }
        return out;
    }
};
/// The reshape that makes one axis of axis `Axis` and the next.
template <int Axis>
struct merged_axes {
    static constexpr inference asked(const attributes& x) {
        const int axis = normalized(Axis, x.shape.rank - 1);
        inference out;
        for (int k = 0; k < x.shape.rank; ++k)
            if (k == axis + 1)
                out.result.shape[axis] = x.shape[axis].extent * x.shape[k].extent;
            else
                out.result.shape.append(x.shape[k]);
        return out;
    }
};

/// What is wrong with repeating axis `Axis` of `x`.
template <int Axis>
constexpr fault repeat_fault(const tensor_shape& x, int count) {
    const int axis = normalized(Axis, x.rank);
    if (axis < 0 || axis >= x.rank) return fault::axis_must_be_in_range;
    if (count > 1 && x.rank == max_rank) return fault::rank_must_fit;
    return count == 1 || x[axis].is_static() ? fault::none : fault::dimension_must_be_static;
}

template <int Axis, int Count, bool Behind>
constexpr auto repeat_along(auto x) {
    if constexpr (Count == 1)
        return x;
    else
        return apply<reshape_op, merged_axes<Axis>>(apply<view_op, repeated_axis<Axis, Count, Behind>>(x));
}

/// Tiles from axis `Axis` on.
template <int Axis>
constexpr auto tiled(auto x) {
    return x;
}
template <int Axis, int Count, int... More>
constexpr auto tiled(auto x) {
    return tiled<Axis + 1, More...>(repeat_along<Axis, Count, false>(x));
}

template <class X, int... Count>
constexpr fault tile_fault() {
    if (sizeof...(Count) != static_cast<std::size_t>(X::rank)) return fault::rank_must_fit;
    const int counts[] = {Count..., 1};
    for (int k = 0; k < X::rank; ++k) {
        if (counts[k] < 1) return fault::size_must_stay_the_same;
        if (counts[k] > 1 && X::rank == max_rank) return fault::rank_must_fit;
        if (counts[k] > 1 && !X::shape()[k].is_static()) return fault::dimension_must_be_static;
    }
    return fault::none;
}

/// The elements from `From` on along an axis, or those before.
template <int Axis, int By, bool Rest>
struct roll_options {
    static constexpr inference asked(const attributes& x) {
        const int axis = normalized(Axis, x.shape.rank);
        const std::int64_t extent = x.shape[axis].extent, by = (By % extent + extent) % extent;
        inference out;
        out.result.shape = x.shape;
        out.result.shape[axis] = Rest ? by : extent - by;
        if (Rest) out.result.numbers[axis] = static_cast<std::int32_t>(extent - by);
        return out;
    }
};

} // namespace detail

/// Copies of `x` one after the other along each axis: `tile(x, times<1, 3>)`.
/// @returns the extents times these numbers. Derivative: the sum of the copies' gradients.
/// **Fails when** there is not one number an axis (`rank_must_fit`), or more than one copy along a named dimension
/// (`dimension_must_be_static`). Source: `tf.tile`.
struct tile_function : constant_options<"tile"> {
    using constant_options<"tile">::operator();

    template <expression X, dimension... Count>
    constexpr auto operator()(X x, times_t<Count...>) const {
        if constexpr (detail::is_poison<X>)
            return x;
        else if constexpr (constexpr fault found = detail::tile_fault<X, detail::number_of_times(Count)...>(); found != fault::none)
            return broken<found, show([] { return phrase("tile"); }), facts_shown<found, X>>;
        else
            return detail::tiled<0, detail::number_of_times(Count)...>(x);
    }
};
inline constexpr tile_function tile{};

/// Each element several times along an axis, the first if none is named: `repeat(x, times<2>, axis<1>)`.
/// @returns the extent along the axis times this number. Derivative: the sum of the repeated elements' gradients.
/// **Fails when** the axis is out of range (`axis_must_be_in_range`) or a named dimension (`dimension_must_be_static`).
/// Source: `tf.repeat`.
struct repeat_function : constant_options<"repeat"> {
    using constant_options<"repeat">::operator();

    template <expression X, dimension Times, int Axis = 0>
    constexpr auto operator()(X x, times_t<Times>, axis_t<Axis> = {}) const {
        constexpr int count = detail::number_of_times(Times);
        static_assert(count > 0, "repeat takes each element at least once");
        if constexpr (detail::is_poison<X>)
            return x;
        else if constexpr (constexpr fault found = detail::repeat_fault<Axis>(X::shape(), count); found != fault::none)
            return broken<found, show([] { return detail::call_along("repeat", axis_t<Axis>::list); }), facts_shown<found, X>>;
        else
            return detail::repeat_along<Axis, count, true>(x);
    }
};
inline constexpr repeat_function repeat{};

/// The elements moved along a static axis, the first if none is named; what leaves at one end comes in at the other:
/// `roll(x, shift<1>, axis<1>)` puts the last column first.
/// @returns the shape and dtype of `x`. Derivative: the gradient moved back.
/// **Fails when** the axis is out of range (`axis_must_be_in_range`) or a named dimension (`dimension_must_be_static`).
/// Source: `tf.roll`.
struct roll_function : constant_options<"roll"> {
    using constant_options<"roll">::operator();

    template <expression X, int By, int Axis = 0>
    constexpr auto operator()(X x, shift_t<By>, axis_t<Axis> along = {}) const {
        if constexpr (detail::is_poison<X>)
            return x;
        else if constexpr (constexpr fault found = detail::repeat_fault<Axis>(X::shape(), 2);
                           found != fault::none && found != fault::rank_must_fit)
            return broken<found, show([] { return detail::call_along("roll", axis_t<Axis>::list); }), facts_shown<found, X>>;
        else if constexpr (By % X::shape()[normalized(Axis, X::rank)].extent == 0)
            return x;
        else
            return concat(along, apply<slice_op, detail::roll_options<Axis, By, true>>(x),
                          apply<slice_op, detail::roll_options<Axis, By, false>>(x));
    }
};
inline constexpr roll_function roll{};

} // namespace ctgrad

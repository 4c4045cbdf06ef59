// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/concat.hpp>
#include <ctgrad/ops/expand_dims.hpp>

#include <tuple>
#include <utility>

namespace ctgrad {

/// Into how many equal parts `split` takes an axis apart, or how large the parts are: `parts<3>`, `parts<2, 5, 1>`.
template <int... Sizes>
struct parts_t {
    static constexpr int count = sizeof...(Sizes) == 1 ? (Sizes * ... * 1) : sizeof...(Sizes);

    /// The extent of part `k` of an axis of `extent`.
    static constexpr std::int64_t size(int k, [[maybe_unused]] std::int64_t extent) {
        const std::int64_t sizes[] = {Sizes...};
        return sizeof...(Sizes) == 1 ? extent / sizes[0] : sizes[k];
    }
    static constexpr bool fill(std::int64_t extent) {
        const std::int64_t sizes[] = {Sizes...};
        if (sizeof...(Sizes) == 1) return sizes[0] > 0 && extent > 0 && extent % sizes[0] == 0;
        for (const std::int64_t size : sizes) {
            if (size < 1) return false;
            extent -= size;
        }
        return extent == 0;
    }
};
template <int... Sizes>
inline constexpr parts_t<Sizes...> parts{};

/// Arguments: the function, the shape.
template <fact Function, fact Shape>
CTGRAD_RULE(parts_must_fill_axis, "parts<n> divides the extent, parts<a, b, c> add up to it; an axis that is split has a static extent.")
inline constexpr poison broken<fault::parts_must_fill_axis, Function, Shape>{};

namespace detail {

/// Part `K` of the parts of an axis.
template <int Axis, class Parts, int K>
struct part_options {
    static constexpr inference asked(const attributes& x) {
        const int axis = normalized(Axis, x.shape.rank);
        inference out;
        out.result.shape = x.shape;
        std::int64_t begin = 0;
        for (int k = 0; k < K; ++k) begin += Parts::size(k, x.shape[axis].extent);
        out.result.numbers[axis] = static_cast<std::int32_t>(begin);
        out.result.shape[axis] = Parts::size(K, x.shape[axis].extent);
        return out;
    }
};

/// The view without axis `Axis`, of extent 1.
template <int Axis>
struct without_axis {
    static constexpr inference asked(const attributes& x) {
        const int axis = normalized(Axis, x.shape.rank);
        inference out;
        for (int k = 0; k < x.shape.rank; ++k) {
            if (k == axis) continue;
            out.result.numbers[out.result.shape.rank] = k;
            out.result.shape.append(x.shape[k]);
        }
        return out;
    }
};

/// What is wrong with parts of an axis of `x`.
template <int Axis, class Parts>
constexpr fault split_fault(const tensor_shape& x) {
    const int axis = normalized(Axis, x.rank);
    if (axis < 0 || axis >= x.rank) return fault::axis_must_be_in_range;
    return x[axis].is_static() && Parts::fill(x[axis].extent) ? fault::none : fault::parts_must_fill_axis;
}
template <int Axis, class X>
constexpr int extent_along() {
    const int axis = normalized(Axis, X::rank);
    return axis >= 0 && axis < X::rank && X::shape()[axis].is_static() ? static_cast<int>(X::shape()[axis].extent) : 0;
}

} // namespace detail

/// Tensors of one shape side by side along a new axis: `stack(a, b)` along a new first one, `stack(axis<-1>, a, b, c...)`; of two or
/// three the axis may also come last.
/// @returns the shape of one with the new axis, whose extent is their number. Derivative: the parts of the gradient.
/// **Fails when** shapes differ (`extents_must_match_outside_axis`, `rank_must_fit`), the dtypes do, or the axis is out of range.
/// Source: `tf.stack`.
struct stack_function {
    template <int Axis, operand A, operand... Rest>
    constexpr auto operator()(axis_t<Axis> along, A a, Rest... rest) const {
        return concat(along, expand_dims(a, along), expand_dims(rest, along)...);
    }
    template <operand A, operand... Rest>
    constexpr auto operator()(A a, Rest... rest) const {
        return (*this)(axis<0>, a, rest...);
    }
    template <operand A, operand B, int Axis>
    constexpr auto operator()(A a, B b, axis_t<Axis> along) const {
        return (*this)(along, a, b);
    }
    template <operand A, operand B, operand C, int Axis>
    constexpr auto operator()(A a, B b, C c, axis_t<Axis> along) const {
        return (*this)(along, a, b, c);
    }
};
inline constexpr stack_function stack{};

/// The parts of `x` along a static axis (the first if none is named): `const auto [a, b] = split(x, parts<2>, axis<1>)`,
/// `split(x, parts<2, 5, 1>)`.
/// @returns a tuple of as many expressions. Derivative: the gradient with zeros around.
/// **Fails when** the parts do not fill the axis, or it has no static extent (`parts_must_fill_axis`), or is out of range.
/// Source: `tf.split`.
struct split_function {
    template <expression X, int... Sizes, int Axis = 0>
    constexpr auto operator()(X x, parts_t<Sizes...>, axis_t<Axis> = {}) const {
        using of = parts_t<Sizes...>;
        if constexpr (detail::is_poison<X>)
            return x;
        else if constexpr (constexpr fault found = detail::split_fault<Axis, of>(X::shape()); found != fault::none)
            return broken<found, show([] { return detail::call_along("split", axis_t<Axis>::list); }), facts_shown<found, X>>;
        else
            return [x]<int... K>(std::integer_sequence<int, K...>) {
                return std::tuple(apply<slice_op, detail::part_options<Axis, of, K>>(x)...);
            }(std::make_integer_sequence<int, of::count>{});
    }
};
inline constexpr split_function split{};

/// The parts of `x` along a static axis (the first if none is named), without that axis: `const auto [a, b, c] = unstack(q)`.
/// @returns a tuple of as many expressions as the axis has elements. Derivative: the gradient with zeros around.
/// **Fails when** the axis has no static extent (`parts_must_fill_axis`) or is out of range (`axis_must_be_in_range`).
/// Source: `tf.unstack`.
struct unstack_function {
    template <expression X, int Axis = 0>
    constexpr auto operator()(X x, axis_t<Axis> = {}) const {
        using of = parts_t<detail::extent_along<Axis, X>()>;
        if constexpr (detail::is_poison<X>)
            return x;
        else if constexpr (constexpr fault found = detail::split_fault<Axis, of>(X::shape()); found != fault::none)
            return broken<found, show([] { return detail::call_along("unstack", axis_t<Axis>::list); }), facts_shown<found, X>>;
        else
            return [x]<int... K>(std::integer_sequence<int, K...>) {
                return std::tuple(apply<view_op, detail::without_axis<Axis>>(apply<slice_op, detail::part_options<Axis, of, K>>(x))...);
            }(std::make_integer_sequence<int, of::count>{});
    }
};
inline constexpr unstack_function unstack{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/cumsum.hpp>
#include <ctgrad/ops/full.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/minimum.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/transpose.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/transform/scan.hpp>

#include <limits>

/// @file Functions that are scans: what has been combined up to each element, and loops that end.

namespace ctgrad {

namespace detail {

/// The shape of what lies at one place along the first axis.
template <class X>
inline constexpr tensor_shape shape_of_element = of_one_step(X::root()).shape;

/// What has been combined by `combine` up to each element, from `First` on.
template <class Op, double (*First)(dtype), int Axis, class... Flags, class X, class Combine>
constexpr auto combined_along(X x, Combine combine) {
    if constexpr (is_poison<X>)
        return poison{};
    else if constexpr (constexpr fault found = fault_on<view_op, moved_axis<Axis, 0>, X>(); found != fault::none)
        return broken<found, show([] { return call_along(Op::name, axis_t<Axis>::list); }), facts_shown<found, X>>;
    else if constexpr (X::type() == dtype::boolean)
        return broken<fault::dtype_must_be_numeric, show([] { return Op::name; }), facts_shown<fault::dtype_must_be_numeric, X>>;
    else {
        const auto turned = apply<view_op, moved_axis<Axis, 0>>(x);
        using sequence = std::remove_const_t<decltype(turned)>;
        const auto first = make_expr(make_full<number_bits(First(X::type())), X::type(), shape_of_element<sequence>>{});
        const auto step = [combine](auto before, auto element) {
            const auto after = combine(before, element);
            if constexpr ((std::is_same_v<Flags, exclusive_t> || ...))
                return std::make_tuple(after, before);
            else
                return std::make_tuple(after, after);
        };
        const auto all = [&] {
            if constexpr ((std::is_same_v<Flags, go_backwards_t> || ...))
                return std::get<1>(scan(step, first, turned, go_backwards));
            else
                return std::get<1>(scan(step, first, turned));
        }();
        return apply<view_op, moved_axis<0, Axis>>(all);
    }
}

constexpr double one_of(dtype) { return 1; }
constexpr double least_of(dtype type) { return is_floating(type) ? -std::numeric_limits<double>::infinity() : -2147483648.0; }
constexpr double largest_of(dtype type) { return is_floating(type) ? std::numeric_limits<double>::infinity() : 2147483647.0; }

struct cumprod_name {
    static constexpr std::string_view name = "cumprod";
};
struct cummax_name {
    static constexpr std::string_view name = "cummax";
};
struct cummin_name {
    static constexpr std::string_view name = "cummin";
};

} // namespace detail

/// Products of the elements up to each: `cumprod(x, axis<1>)`, `cumprod(x, axis<0>, exclusive, go_backwards)`.
/// @returns the shape and dtype of `x`. Derivative: that of the scan; it is right where elements are 0.
/// **Fails when** the axis is out of range (`axis_must_be_in_range`) or `x` is a mask. Source: `tf.math.cumprod`.
template <expression X, int Axis, detail::cumulative_flag... Flags>
constexpr auto cumprod(X x, axis_t<Axis>, Flags...) {
    return detail::combined_along<detail::cumprod_name, detail::one_of, Axis, Flags...>(x, multiply);
}
/// The largest of the elements up to each: `cummax(x, axis<1>)`. NaN is contagious from where it stands.
/// @returns the shape and dtype of `x`. Derivative: to the first of equal elements. Source: `numpy.maximum.accumulate`.
template <expression X, int Axis, std::same_as<go_backwards_t>... Flags>
constexpr auto cummax(X x, axis_t<Axis>, Flags...) {
    return detail::combined_along<detail::cummax_name, detail::least_of, Axis, Flags...>(x, maximum);
}
/// The smallest of the elements up to each: `cummin(x, axis<1>)`. NaN is contagious from where it stands.
/// @returns the shape and dtype of `x`. Derivative: to the first of equal elements. Source: `numpy.minimum.accumulate`.
template <expression X, int Axis, std::same_as<go_backwards_t>... Flags>
constexpr auto cummin(X x, axis_t<Axis>, Flags...) {
    return detail::combined_along<detail::cummin_name, detail::largest_of, Axis, Flags...>(x, minimum);
}

/// Repeats `body(state)` while `condition(state)`, a mask of shape [], holds, at most so many times:
/// `while_loop([](auto x) { return x > 1_c; }, [](auto x) { return x / 2_c; }, x, times<20>)`. The state may be a tuple.
/// @returns the state. All steps are made, and those behind the end change nothing; so it has derivatives, which they do not enter.
/// **Fails when** `scan` does. Source: `tf.while_loop` with `maximum_iterations`.
template <class Condition, class Body, class State, dimension Count>
constexpr auto while_loop(const Condition& condition, const Body& body, State state, times_t<Count> most) {
    return fold(
        [condition, body](auto before) {
            const auto goes_on = condition(before);
            const auto after = body(before);
            using was = decltype(before);
            using is = std::remove_const_t<decltype(after)>;
            if constexpr (requires { std::tuple_size<was>::value; })
                return [&]<std::size_t... I>(std::index_sequence<I...>) {
                    return std::make_tuple(where(goes_on, std::get<I>(is{}), std::get<I>(was{}))...);
                }(std::make_index_sequence<std::tuple_size_v<was>>{});
            else
                return where(goes_on, after, before);
        },
        state, most);
}

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/expr/constant_options.hpp>

#include <type_traits>

namespace ctgrad {

/// Axes of a tensor, negative from the end: `axis<1>`, `axis<0, 2>`.
template <int... Axes>
struct axis_t {
    static_assert(sizeof...(Axes) <= max_rank, "a tensor has at most 6 axes");
    static constexpr axis_list list{sizeof...(Axes), {Axes...}};
};
template <int... Axes>
inline constexpr axis_t<Axes...> axis{};

/// Keeps reduced axes with extent 1: `reduce_sum(x, axis<1>, keepdims)`.
struct keepdims_t {};
inline constexpr keepdims_t keepdims{};
struct dropdims_t {};
template <class T>
concept keeps_or_drops = std::is_same_v<T, keepdims_t> || std::is_same_v<T, dropdims_t>;

namespace detail {

/// As `reduce_sum axis<0,2>`, for an error.
constexpr phrase call_along(std::string_view function, const axis_list& axes) {
    phrase text(function);
    for (int i = 0; i < axes.count; ++i) text << (i ? "," : " axis<") << axes.axes[i];
    return axes.count ? text << ">" : text;
}

template <class Axes>
struct reduction_options {
    static constexpr phrase called(std::string_view op) { return call_along(op, Axes::list); }
    static constexpr inference asked(const attributes& x) {
        const axis_mask mask = resolve(Axes::list, x.shape.rank);
        inference out;
        out.result.numbers[0] = static_cast<std::int32_t>(mask.bits);
        out.found = mask.found;
        return out;
    }
};

/// The view that puts reduced axes back with extent 1.
template <class Axes>
struct keepdims_options {
    static constexpr inference asked(const attributes&, const attributes& original) {
        const axis_mask mask = resolve(Axes::list, original.shape.rank);
        inference out;
        out.result.shape = reduced(original.shape, mask, true);
        int next = 0;
        for (int k = 0; k < original.shape.rank; ++k) out.result.numbers[k] = mask.has(k) ? -1 : next++;
        return out;
    }
};

/// What is wrong with a reduction along `Axes` of `X` that needs a floating dtype.
template <class Axes, class X>
constexpr fault floating_reduction_fault() {
    if constexpr (is_expr<X>) {
        const fault found = reduction_options<Axes>::asked(X::root()).found;
        return found != fault::none ? found : check_domain(domain::floating, X::type());
    } else
        return fault::none;
}

} // namespace detail

/// What an error shows of an op.
template <class Op>
inline constexpr auto name_shown = show([] { return Op::name; });

/// The function object of a reduction: `f(x)`, `f(x, axis<1>)`, `f(x, axis<1>, keepdims)`.
template <class Op>
struct reduction_function : constant_options<name_shown<Op>> {
    using constant_options<name_shown<Op>>::operator();

    template <operand X, int... A, keeps_or_drops Dims = dropdims_t>
    constexpr auto operator()(X x, axis_t<A...> = {}, Dims = {}) const {
        const auto y = apply<Op, detail::reduction_options<axis_t<A...>>>(x);
        if constexpr (std::is_same_v<Dims, keepdims_t>)
            return apply_like<view_op, detail::keepdims_options<axis_t<A...>>>(y, x);
        else
            return y;
    }
};

/// `x`, which a reduction along `axes` made, repeated along them to fill `shape` again.
template <class View = view_op>
constexpr ref spread(ref x, const tensor_shape& shape, axis_mask axes) {
    attributes a;
    a.shape = shape;
    int next = 0;
    for (int k = 0; k < shape.rank; ++k) a.numbers[k] = axes.has(k) ? -1 : next++;
    return apply<View>(a, x);
}

} // namespace ctgrad

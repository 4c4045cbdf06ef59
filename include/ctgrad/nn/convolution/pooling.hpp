// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/pooling.hpp>
#include <ctgrad/nn/convolution/options.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/minimum.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/one_hot.hpp>
#include <ctgrad/ops/pad.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/ops/windows.hpp>

namespace ctgrad {

namespace detail {

/// Windows of pooling along `Axes` axes.
template <fixed_string Name, int Axes, class Size, class Strides, class Padding>
struct pooling_settings {
    static constexpr int axes = Axes;

    static constexpr window_axis axis(int k, std::int64_t input) {
        return window_axis_of<Padding>(input, Size::at(k), Strides::at(k, Size::at(k)), 1);
    }
    static constexpr fault check(const attributes& x) {
        if (x.shape.rank != Axes + 2 || Size::count == 0 || !suit_axes<Axes, Size, Strides>()) return fault::rank_must_fit;
        if (!is_floating(x.type)) return fault::dtype_must_be_floating;
        for (int k = 0; k < Axes; ++k) {
            if (!x.shape[k + 1].is_static()) return fault::dimension_must_be_static;
            if (axis(k, x.shape[k + 1].extent).output < 1) return fault::window_must_fit_input;
        }
        return fault::none;
    }
    static constexpr phrase called(std::string_view) { return Name.view(); }

    /// Of `pick_largest`.
    static constexpr inference asked(const attributes& x, const attributes&) {
        inference out;
        if (out.found = check(x); out.found != fault::none) return out;
        out.result.shape = x.shape;
        for (int k = 0; k < Axes; ++k) {
            const window_axis w = axis(k, x.shape[k + 1].extent);
            write_pooling_axis(out.result, k, w);
            out.result.shape[k + 1] = w.output;
        }
        return out;
    }
};

template <fixed_string Name>
using pooling_formula =
    window_formula<Name, default_value<"pool_size", required>, default_value<"strides", axis_numbers<>>, default_value<"padding", valid_t>>;
template <class Given>
using chosen_size = decltype(std::declval<Given>()[layer_option<"pool_size">{}]);
template <class Given>
using chosen_steps = decltype(std::declval<Given>()[layer_option<"strides">{}]);
template <class Given>
using chosen_ends = decltype(std::declval<Given>()[layer_option<"padding">{}]);

/// A call with options `Option...`: whether they are right, and what they say.
template <fixed_string Name, int Axes, class... Option>
struct pooling_call {
    using made = kept_call_of<pooling_formula<Name>, Option...>;
    using given = typename made::values;
    using settings = pooling_settings<Name, Axes, chosen_size<given>, chosen_steps<given>, chosen_ends<given>>;
    static constexpr bool is_right = made::is_right;
    using check = typename made::call;
};

/// What is wrong with pooling of `X`.
template <class Settings, class X>
constexpr fault pooling_fault() {
    if constexpr (is_expr<X>)
        return Settings::check(X::root());
    else
        return fault::none;
}

/// Zeros around axis `Axis` where windows reach beyond its ends.
template <class Settings, int Axis>
struct padded_for_windows {
    static constexpr window_axis axis(const attributes& x) { return Settings::axis(Axis - 1, x.shape[Axis].extent); }
    static constexpr std::int64_t length(const window_axis& w) { return (w.output - 1) * w.stride + w.window; }
    static constexpr bool is_needed(const attributes& x) {
        const window_axis w = axis(x);
        return w.pad > 0 || length(w) > w.input;
    }
    static constexpr inference asked(const attributes& x) {
        inference out{x};
        out.result.name = nullptr;
        for (std::int32_t& each : out.result.numbers) each = 0;
        const window_axis w = axis(x);
        out.result.numbers[Axis] = static_cast<std::int32_t>(w.pad);
        out.result.shape[Axis] = w.pad + w.input > length(w) ? w.pad + w.input : length(w);
        return out;
    }
};
/// The windows of axis `Axis` of `x`, which may be padded; `Extent` is what it was.
template <class Settings, int Axis, std::int64_t Extent>
struct windows_of_pooling {
    static constexpr inference asked(const attributes& x) {
        constexpr window_axis w = Settings::axis(Axis - 1, Extent);
        inference out;
        for (int k = 0; k < x.shape.rank; ++k) {
            out.result.shape.append(k == Axis ? dimension(w.output) : x.shape[k]);
            if (k == Axis) out.result.shape.append(w.window);
        }
        out.result.numbers[0] = Axis;
        out.result.numbers[1] = static_cast<std::int32_t>(w.stride);
        out.result.numbers[2] = 1;
        return out;
    }
};
template <class Settings, int Axis, operand X>
constexpr auto sum_of_windows(X x) {
    if constexpr (Axis > Settings::axes)
        return x;
    else {
        const auto padded = [x] {
            if constexpr (padded_for_windows<Settings, Axis>::is_needed(X::root()))
                return apply<pad_op, padded_for_windows<Settings, Axis>>(x);
            else
                return x;
        }();
        const auto all = apply<windows_op, windows_of_pooling<Settings, Axis, X::shape()[Axis].extent>>(padded);
        return sum_of_windows<Settings, Axis + 1>(reduce_sum(all, axis<Axis + 1>));
    }
}

/// How many elements of x a window has, `[P..., 1]`.
template <class Settings>
struct make_window_counts {
    static constexpr auto of(auto& into, const attributes& x) {
        attributes a;
        a.type = x.type;
        for (int k = 0; k < Settings::axes; ++k) a.shape.append(Settings::axis(k, x.shape[k + 1].extent).output);
        a.shape.append(1);
        ref product{};
        for (int k = 0; k < Settings::axes; ++k) {
            const window_axis w = Settings::axis(k, x.shape[k + 1].extent);
            a.numbers[0] = k;
            const ref begin = into.add(info<deferred_t<coordinate_op, Settings>>, a, nullptr) * static_cast<double>(w.stride);
            const ref end = apply<minimum_op>(begin + static_cast<double>(w.window - w.pad), static_cast<double>(w.input));
            const ref count = end - apply<maximum_op>(begin - static_cast<double>(w.pad), 0.0);
            product = product ? product * count : count;
        }
        return product;
    }
};

template <class Settings, operand X>
constexpr auto pooled_mean(X x) {
    if constexpr (is_poison<X>)
        return poison{};
    else
        return sum_of_windows<Settings, 1>(x) / leaf_beside<make_window_counts<Settings>>(x);
}
template <class Settings, operand X>
constexpr auto pooled_largest(X x) {
    return apply<pick_largest_op, Settings>(x, x);
}

} // namespace detail

/// Whether `max_pool1d`, `max_pool2d` or `max_pool3d` (`Axes`) takes `X`, `decltype(x)`, with these options.
template <int Axes, class X, class... Option>
concept can_pool = detail::pooling_call<"pool", Axes, std::remove_const_t<Option>...>::is_right &&
                   detail::pooling_fault<typename detail::pooling_call<"pool", Axes, std::remove_const_t<Option>...>::settings,
                                         std::remove_const_t<X>>() == fault::none;

/// The largest element of each window of `x`, `[N, S..., C]`, channel by channel: `max_pool2d(x, pool_size<2, 2>)`. Of equal ones the
/// gradient goes to the first. Options: pool_size, strides (pool_size), padding (valid).
/// @returns `[N, P..., C]`. **Fails when** a spatial axis is named (`dimension_must_be_static`), the rank is wrong (`rank_must_fit`) or no
/// window fits (`window_must_fit_input`). Source: `tf.nn.max_pool2d`.
template <operand X, class... Option>
constexpr auto max_pool1d(X x, Option...) {
    using call = detail::pooling_call<"max_pool1d", 1, Option...>;
    if constexpr (!call::is_right)
        return refuse<typename call::check>();
    else if constexpr (constexpr fault found = detail::pooling_fault<typename call::settings, X>(); found != fault::none)
        return broken<found, "max_pool1d", facts_shown<found, X>>;
    else
        return detail::pooled_largest<typename call::settings>(x);
}
template <operand X, class... Option>
constexpr auto max_pool2d(X x, Option...) {
    using call = detail::pooling_call<"max_pool2d", 2, Option...>;
    if constexpr (!call::is_right)
        return refuse<typename call::check>();
    else if constexpr (constexpr fault found = detail::pooling_fault<typename call::settings, X>(); found != fault::none)
        return broken<found, "max_pool2d", facts_shown<found, X>>;
    else
        return detail::pooled_largest<typename call::settings>(x);
}
template <operand X, class... Option>
constexpr auto max_pool3d(X x, Option...) {
    using call = detail::pooling_call<"max_pool3d", 3, Option...>;
    if constexpr (!call::is_right)
        return refuse<typename call::check>();
    else if constexpr (constexpr fault found = detail::pooling_fault<typename call::settings, X>(); found != fault::none)
        return broken<found, "max_pool3d", facts_shown<found, X>>;
    else
        return detail::pooled_largest<typename call::settings>(x);
}

/// The mean of each window; what lies beyond the ends of an axis is not counted. Options and errors as those of `max_pool2d`.
/// @returns `[N, P..., C]`. Source: `tf.nn.avg_pool2d`.
template <expression X, class... Option>
constexpr auto avg_pool1d(X x, Option...) {
    using call = detail::pooling_call<"avg_pool1d", 1, Option...>;
    if constexpr (!call::is_right)
        return refuse<typename call::check>();
    else if constexpr (constexpr fault found = detail::pooling_fault<typename call::settings, X>(); found != fault::none)
        return broken<found, "avg_pool1d", facts_shown<found, X>>;
    else
        return detail::pooled_mean<typename call::settings>(x);
}
template <expression X, class... Option>
constexpr auto avg_pool2d(X x, Option...) {
    using call = detail::pooling_call<"avg_pool2d", 2, Option...>;
    if constexpr (!call::is_right)
        return refuse<typename call::check>();
    else if constexpr (constexpr fault found = detail::pooling_fault<typename call::settings, X>(); found != fault::none)
        return broken<found, "avg_pool2d", facts_shown<found, X>>;
    else
        return detail::pooled_mean<typename call::settings>(x);
}
template <expression X, class... Option>
constexpr auto avg_pool3d(X x, Option...) {
    using call = detail::pooling_call<"avg_pool3d", 3, Option...>;
    if constexpr (!call::is_right)
        return refuse<typename call::check>();
    else if constexpr (constexpr fault found = detail::pooling_fault<typename call::settings, X>(); found != fault::none)
        return broken<found, "avg_pool3d", facts_shown<found, X>>;
    else
        return detail::pooled_mean<typename call::settings>(x);
}

} // namespace ctgrad

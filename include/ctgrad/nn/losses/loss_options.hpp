// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/option_call.hpp>
#include <ctgrad/expr/shared_options.hpp>
#include <ctgrad/nn/losses/reduction_mode.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/reduction.hpp>

namespace ctgrad {

/// Up to which error a loss is square.
struct delta_t : option<delta_t, "delta", interval::not_negative> {
    using option::operator=;
};
inline constexpr delta_t delta{};
/// Labels become t (1 - s) + s / C, C the number of classes, 2 for a binary loss.
struct label_smoothing_t : option<label_smoothing_t, "label_smoothing", interval::fraction> {
    using option::operator=;
};
inline constexpr label_smoothing_t label_smoothing{};
/// How much less easy examples count; of `circle` the scale of similarities.
struct gamma_t : option<gamma_t, "gamma", interval::not_negative> {
    using option::operator=;
};
inline constexpr gamma_t gamma{};
/// How far similarities of one class and of others are to lie apart.
struct margin_t : option<margin_t, "margin"> {
    using option::operator=;
};
inline constexpr margin_t margin{};
/// The power of a probability, between the cross-entropy (0) and the absolute error (1).
struct q_t : option<q_t, "q", interval::inner_fraction> {
    using option::operator=;
};
inline constexpr q_t q{};
/// Rows of this class number count nothing.
struct ignore_class_t : option<ignore_class_t, "ignore_class"> {
    using option::operator=;
};
inline constexpr ignore_class_t ignore_class{};
/// The prediction is scores, not yet probabilities.
struct from_logits_t : flag<from_logits_t, "from_logits"> {};
inline constexpr from_logits_t from_logits{};
/// The classes are weighed, by alpha and 1 - alpha.
struct apply_class_balancing_t : flag<apply_class_balancing_t, "apply_class_balancing"> {};
inline constexpr apply_class_balancing_t apply_class_balancing{};
/// A row is also compared to itself (`remove_diagonal=False`).
struct keep_diagonal_t : flag<keep_diagonal_t, "keep_diagonal"> {};
inline constexpr keep_diagonal_t keep_diagonal{};

namespace detail {

/// The option that `axis<1>` gives.
struct along_t {
    static constexpr fixed_string name = "axis";
};
template <int... Axes>
constexpr chosen<along_t, axis_t<Axes...>> along(axis_t<Axes...>) {
    return {};
}

/// `X` as an argument that `call_of` knows.
template <class X>
struct as_option {
    using type = X;
};
template <int... Axes>
struct as_option<axis_t<Axes...>> {
    using type = chosen<along_t, axis_t<Axes...>>;
};

} // namespace detail

/// The options of a loss along an axis: its own with their defaults, `axis<...>` and `reduction`.
template <class... Argument>
constexpr auto loss_options(Argument... own) {
    return options(own..., detail::along(axis<-1>), reduction = sum_over_batch_size);
}

/// What the formula of a loss is given: `how[delta]` is an option as a number beside `Prediction`.
template <class Settings, class Prediction>
struct loss_settings {
    template <class Option>
    constexpr auto operator[](Option o) const {
        using value = decltype(Settings::of(o));
        if constexpr (detail::is_literal<value>)
            return value{};
        else
            return detail::cast_like(value{}, Prediction{});
    }
    /// An option as it was given.
    template <class Option>
    static constexpr auto given(Option o) {
        return Settings::of(o);
    }
    template <class Option>
    static constexpr bool has(Option o) {
        return Settings::has(o);
    }
    static constexpr auto axis() { return Settings::of(detail::along_t{}); }
};

} // namespace ctgrad

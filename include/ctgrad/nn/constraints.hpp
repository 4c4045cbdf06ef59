// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/shared_options.hpp>
#include <ctgrad/nn/configured.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/clip_by_value.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/euclidean_norm.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/subtract.hpp>

/// What keeps weights within bounds: for `constrain(W, max_norm(2_c))`, and `kernel_constraint = max_norm(2_c)` of layers.
namespace ctgrad {

/// What norms are at least.
struct min_value_t : option<min_value_t, "min_value", interval::not_negative> {
    using option::operator=;
};
inline constexpr min_value_t min_value{};

namespace detail {

/// The norms along the axes of a constraint.
template <class How, class W>
constexpr auto norms_of(const How& how, W w) {
    return euclidean_norm(w, how[layer_option<"axis">{}], keepdims);
}
/// `w` with other norms.
template <class W, class Norms, class Desired>
constexpr auto with_norms(W w, Norms norms, Desired desired) {
    return w * (desired / (literal<number_bits(1e-7)>{} + norms));
}

struct max_norm_formula {
    static constexpr char name[] = "max_norm";
    static constexpr settings<chosen<max_value_t, literal<number_bits(2.0)>>, default_value<"axis", axis_t<0>>> defaults{};
    static constexpr auto of(const auto& how, auto w) {
        const auto norms = norms_of(how, w);
        return with_norms(w, norms, clip_by_value(norms, literal<0>{}, how(max_value, w)));
    }
};

struct unit_norm_formula {
    static constexpr char name[] = "unit_norm";
    static constexpr settings<default_value<"axis", axis_t<0>>> defaults{};
    static constexpr auto of(const auto& how, auto w) { return w / (literal<number_bits(1e-7)>{} + norms_of(how, w)); }
};

struct min_max_norm_formula {
    static constexpr char name[] = "min_max_norm";
    static constexpr settings<chosen<min_value_t, literal<0>>, chosen<max_value_t, literal<number_bits(1.0)>>,
                              chosen<rate_t, literal<number_bits(1.0)>>, default_value<"axis", axis_t<0>>>
        defaults{};
    static constexpr auto of(const auto& how, auto w) {
        const auto norms = norms_of(how, w);
        const auto part = how(rate, w);
        return with_norms(w, norms,
                          part * clip_by_value(norms, how(min_value, w), how(max_value, w)) + (literal<number_bits(1.0)>{} - part) * norms);
    }
};

struct non_neg_formula {
    static constexpr char name[] = "non_neg";
    static constexpr settings<> defaults{};
    static constexpr auto of(const auto&, auto w) { return maximum(w, literal<0>{}); }
};

} // namespace detail

/// Norms along the axes (0) of at most max_value (2): w clip(n, 0, max_value) / (n + 1e-7), n the norm. Source: Keras, `MaxNorm`.
inline constexpr configured_function<detail::max_norm_formula> max_norm{};
/// Norms of 1: w / (n + 1e-7). Source: Keras, `UnitNorm`.
inline constexpr configured_function<detail::unit_norm_formula> unit_norm{};
/// Norms between min_value (0) and max_value (1): w (rate clip(n, min_value, max_value) + (1 - rate) n) / (n + 1e-7),
/// rate (1) from 0 to 1. Source: Keras, `MinMaxNorm`.
inline constexpr configured_function<detail::min_max_norm_formula> min_max_norm{};
/// No number below 0. Source: Keras, `NonNeg`.
inline constexpr configured_function<detail::non_neg_formula> non_neg{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/minimum.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/sqrt.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/transform/gradient.hpp>

#include <limits>

namespace ctgrad {

namespace detail {

/// What all gradients are multiplied by to make their norm `limit` or less. NaN if the norm is not finite.
template <operand Norm, operand Limit>
constexpr auto global_clip_factor(Norm norm, Limit limit) {
    constexpr literal<std::bit_cast<std::uint64_t>(1.0)> one{};
    constexpr literal<std::bit_cast<std::uint64_t>(std::numeric_limits<double>::infinity())> infinity{};
    constexpr literal<std::bit_cast<std::uint64_t>(std::numeric_limits<double>::quiet_NaN())> nan{};
    return where(norm < infinity, limit * minimum(one / norm, one / limit), nan);
}

} // namespace detail

/// The norm of several tensors, or of all gradients, as one vector: sqrt of the sum of all squares.
/// **Fails when** the dtypes differ (`dtypes_must_match`).
/// Source: TensorFlow, tf.linalg.global_norm.
struct global_norm_function {
    template <expression... X>
    constexpr auto operator()(X... x) const {
        return sqrt((reduce_sum(square(x)) + ...));
    }
    template <class... Pairs>
    constexpr auto operator()(gradients<Pairs...>) const {
        return (*this)(typename Pairs::value{}...);
    }
};
inline constexpr global_norm_function global_norm{};

/// All gradients made shorter by one factor, so that their norm together is at most `limit`:
/// `apply_gradients(sgd(0.1_c), clip_by_global_norm(gradient(loss, W, b), 1_c), loss)`. If the norm is infinite or
/// NaN, all of them are NaN.
/// @returns gradients keyed by variable, as given.
/// Source: TensorFlow, tf.clip_by_global_norm.
/// @see clip_by_norm
struct clip_by_global_norm_function {
    template <class... V, class... G, operand_or_number Limit>
    constexpr auto operator()(gradients<detail::gradient_of<V, G>...> all, Limit limit) const {
        if constexpr (!operand<Limit>)
            return number_must_be_a_literal<"clip_by_global_norm", detail::number_shown<Limit>>;
        else {
            constexpr auto factor = detail::global_clip_factor(global_norm(all), limit);
            return gradients<detail::gradient_of<V, std::remove_const_t<decltype(G{} * factor)>>...>{};
        }
    }
    template <class Limit>
    constexpr poison operator()(poison, Limit) const {
        return {};
    }
};
inline constexpr clip_by_global_norm_function clip_by_global_norm{};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/euclidean_norm.hpp>
#include <ctgrad/transform/gradient.hpp>

namespace ctgrad {

namespace detail {

/// The sums of squares of several tensors together.
template <expression... X>
constexpr auto sums_of_all_squares(X... x) {
    constexpr std::bool_constant<((X::type() == dtype::float32) || ...)> single{};
    return (sums_of_squares(x, single) + ...);
}
template <class... V, class... G>
constexpr auto sums_of_all_squares(gradients<gradient_of<V, G>...>) {
    return sums_of_all_squares(G{}...);
}

} // namespace detail

/// The norm of several tensors, or of all gradients, as one vector: sqrt of the sum of all squares, none
/// of which overflows or underflows.
/// **Fails when** the dtypes differ (`dtypes_must_match`).
/// Source: TensorFlow, tf.linalg.global_norm.
struct global_norm_function {
    template <expression... X>
    constexpr auto operator()(X... x) const {
        return detail::by_range(detail::sums_of_all_squares(x...), [](auto root, auto scale) { return root * scale; });
    }
    template <class... Pairs>
    constexpr auto operator()(gradients<Pairs...>) const {
        return (*this)(typename Pairs::value{}...);
    }
};
inline constexpr global_norm_function global_norm{};

/// All gradients made shorter by one factor, so that their norm together is at most `limit`:
/// `apply_gradients(sgd(0.1_c), clip_by_global_norm(gradient(loss, W, b), 1_c), loss)`. If an element is infinite
/// or NaN, all of them are NaN.
/// @returns gradients keyed by variable, as given.
/// Source: TensorFlow, tf.clip_by_global_norm.
/// @see clip_by_norm
struct clip_by_global_norm_function {
    template <class... V, class... G, operand_or_number Limit>
    constexpr auto operator()(gradients<detail::gradient_of<V, G>...> all, Limit limit) const {
        if constexpr (!operand<Limit>)
            return broken<fault::number_must_be_a_literal, "clip_by_global_norm", detail::number_shown<Limit>>;
        else {
            constexpr auto factor = detail::clip_factor(detail::sums_of_all_squares(all), limit);
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

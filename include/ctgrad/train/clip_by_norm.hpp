// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/euclidean_norm.hpp>

namespace ctgrad {

/// `x`, made shorter where its norm is above `limit`: x c / max(|x|, c), |x| = sqrt(sum x^2) along `axis<...>`
/// (all axes if none is named). Zeros stay zeros, also in the gradient;
/// no square overflows or underflows; all is NaN if an element is infinite or NaN.
/// @param limit a number above 0, or a run-time `scalar`.
/// @returns the shape of `x`.
/// **Fails when** the limit is no literal or expression (`number_must_be_a_literal`), or an axis is out of range.
/// Source: TensorFlow, tf.clip_by_norm.
/// @see clip_by_value, clip_by_global_norm
struct clip_by_norm_function {
    template <operand X, operand_or_number Limit, int... A>
    constexpr auto operator()(X x, Limit limit, axis_t<A...> axes = {}) const {
        constexpr fault found = detail::floating_reduction_fault<axis_t<A...>, X>();
        if constexpr (detail::is_poison<X> || detail::is_poison<Limit>)
            return poison{};
        else if constexpr (!operand<Limit> && !with_node<X, Limit>)
            return broken<fault::number_must_be_a_literal, "clip_by_norm", detail::number_shown<X, Limit>>;
        else if constexpr (found != fault::none)
            return broken<found, show([] { return detail::call_along("clip_by_norm", axis_t<A...>::list); }), facts_shown<found, X>>;
        else {
            const auto sums = [&] {
                if constexpr (sizeof...(A) == 0)
                    return detail::sums_of_squares(x, detail::is_single(x));
                else
                    return detail::sums_of_squares(x, detail::is_single(x), axes, keepdims);
            }();
            return x * detail::clip_factor(sums, limit);
        }
    }
};
inline constexpr clip_by_norm_function clip_by_norm{};

} // namespace ctgrad

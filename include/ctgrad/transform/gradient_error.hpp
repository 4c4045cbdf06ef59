// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/evaluate.hpp>
#include <ctgrad/transform/gradient.hpp>

namespace ctgrad {

namespace detail {

/// The leaf of an argument with its numbers, those of `V` replaced.
template <class V, class Leaf, class Data, bool Holds>
constexpr auto moved_argument(const binding<Leaf, Data, Holds>& given, const value_list& at) {
    if constexpr (std::is_same_v<Leaf, V>)
        return binding<Leaf, const value_list>{at};
    else
        return binding<Leaf, const Data>{given.data};
}

} // namespace detail

/// How far the gradient of `loss` by `leaf` is from central differences of the loss: a law for rules of one's own, those of
/// `custom_gradient` and of new ops. `gradient_error(loss, w, w = start, x = points) < 1e-6` in a test.
/// @param bindings data for each leaf, as of `evaluate`, among them where `leaf` is.
/// @returns the largest |gradient - difference| / (1 + |difference|) over all elements; of smooth losses in double about 1e-9. NaN where
/// one of them is. A rule that is meant to differ from the derivative of its value, such as a straight-through estimator, has a large one.
/// **Fails when** `gradient` does. Throws what `evaluate` throws. Plain and slow. Source: `tf.test.compute_gradient`.
template <expression L, leaf_expression V, class... Leaf, class... Data, bool... Holds>
constexpr double gradient_error(L loss, V leaf, const binding<Leaf, Data, Holds>&... bindings) {
    constexpr auto slope = detail::gradients_or_zeros<L, V>();
    value_list at;
    ((std::is_same_v<Leaf, V> ? void(at = detail::elements_of(bindings.data)) : void()), ...);
    if (at.empty()) fail("gradient_error: the data of the leaf are missing");
    if constexpr (detail::is_poison<std::remove_const_t<decltype(slope)>>)
        return 0;
    else {
        const value_list found = evaluate(slope[leaf], bindings...);
        const double step = L::type() == dtype::float64 ? 6e-6 : 5e-3; // the cube root of the rounding error
        double worst = 0;
        for (int i = 0; i < at.size(); ++i) {
            const double middle = at[i], h = step * (middle < 0 ? 1 - middle : 1 + middle);
            at[i] = middle + h;
            const double above = evaluate(loss, detail::moved_argument<V>(bindings, at)...)[0];
            at[i] = middle - h;
            const double below = evaluate(loss, detail::moved_argument<V>(bindings, at)...)[0];
            at[i] = middle;
            const double difference = (above - below) / (2 * h), size = difference < 0 ? -difference : difference;
            const double apart = found[i] < difference ? difference - found[i] : found[i] - difference;
            if (!(apart / (1 + size) <= worst)) worst = apart / (1 + size);
            if (worst != worst) return worst;
        }
        return worst;
    }
}

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/clip_by_value.hpp>
#include <ctgrad/ops/reduce_max.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad::detail {

/// The axes of the node that views show as `n`, -1 where it is repeated.
struct seen_axes {
    const linked_node* made = nullptr;
    int axis[max_rank]{};

    constexpr explicit seen_axes(const linked_node& n) : made(&n) {
        for (int k = 0; k < n.shape.rank; ++k) axis[k] = k;
        for (const int rank = n.shape.rank; is_op<view_op>(*made->op); made = made->inputs[0])
            for (int k = 0; k < rank; ++k)
                if (axis[k] >= 0) axis[k] = made->numbers[axis[k]];
    }
};

/// Whether `n` is the sum, or another reduction, of `terms` along `axes` only, spread along them again.
template <class Reduction>
constexpr bool is_spread_along(const linked_node& n, const linked_node& terms, axis_mask axes) {
    const seen_axes seen(n);
    if (!is_op<Reduction>(*seen.made->op) || seen.made->inputs[0]->hash != terms.hash || reduced_axes(*seen.made).bits != axes.bits)
        return false;
    for (int k = 0, next = 0; k < n.shape.rank; ++k)
        if (seen.axis[k] != (axes.has(k) ? -1 : next++)) return false;
    return true;
}

/// The x of x - max(x), what `softmax` raises e to; else `n`.
constexpr const linked_node& before_shift(const linked_node& n) {
    if (!is_op<subtract_op>(*n.op)) return n;
    const linked_node& largest = behind_views(*n.inputs[1]);
    return is_op<reduce_max_op>(*largest.op) && largest.inputs[0]->hash == n.inputs[0]->hash ? *n.inputs[0] : n;
}

/// The hash of the logits whose softmax along `axes` is `p`, or 0.
constexpr std::uint64_t softmax_logits(const linked_node& p, const axis_list& along) {
    if (!is_op<divide_op>(*p.op) || !is_op<exp_op>(*p.inputs[0]->op)) return 0;
    const bool sums = is_spread_along<reduce_sum_op>(*p.inputs[1], *p.inputs[0], resolve(along, p.shape.rank));
    return sums ? before_shift(*p.inputs[0]->inputs[0]).hash : 0;
}

/// The hash of the logits whose sigmoid is `p`, or 0.
constexpr std::uint64_t sigmoid_logits(const linked_node& p) { return is_op<sigmoid_op>(*p.op) ? p.inputs[0]->hash : 0; }

/// Probabilities where their logarithm and that of 1 - p are finite: Keras' epsilon is 1e-7.
template <expression P>
constexpr auto clipped_probabilities(P p) {
    using namespace literals;
    return clip_by_value(p, 1e-7_c, 1_c - 1e-7_c);
}

/// `p` scaled so that it sums to 1 along the axis, then clipped.
template <expression P, class Axis>
constexpr auto normalized_probabilities(P p, Axis along) {
    return clipped_probabilities(p / reduce_sum(p, along, keepdims));
}

/// Labels of `classes` classes, smoothed if the loss is asked for it.
template <class How, expression T, class Count>
constexpr auto smoothed(How how, T t, Count classes) {
    using namespace literals;
    const auto s = how[label_smoothing];
    if constexpr (std::is_same_v<decltype(s), const literal<0>>)
        return t;
    else
        return t * (1_c - s) + s / classes;
}
template <class How, expression T>
constexpr auto smoothed(How how, T t) {
    return smoothed(how, t, count_along<T, std::remove_const_t<decltype(how.axis())>>(t));
}

} // namespace ctgrad::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/activations/activation_function.hpp>
#include <ctgrad/nn/activations/log_softmax.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/less_equal.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/relu.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/clip_by_value.hpp>

namespace ctgrad {

namespace detail {

struct sparse_plus_formula {
    static constexpr char name[] = "sparse_plus";
    static constexpr auto defaults = options();
    static constexpr auto of(auto, auto x) {
        using namespace literals;
        return where(less_equal(x, -1_c), 0_c, where(less(x, 1_c), 0.25_c * square(x + 1_c), x));
    }
};

struct sparse_sigmoid_formula {
    static constexpr char name[] = "sparse_sigmoid";
    static constexpr auto defaults = options();
    static constexpr auto of(auto, auto x) {
        using namespace literals;
        return where(less_equal(x, -1_c), 0_c, where(less(x, 1_c), 0.5_c * (x + 1_c), 1_c));
    }
};

/// Repeats `x` along a new last axis that runs along `Axis`, or along which `x` stays the same.
template <class Axis, bool Others>
struct along_last {
    static constexpr inference asked(const attributes& x) {
        if (x.shape.rank == max_rank) return {{}, fault::rank_must_fit};
        const int along = normalized(Axis::list.axes[0], x.shape.rank);
        inference out;
        out.result.shape = x.shape;
        out.result.shape.append(x.shape[along]);
        for (int k = 0; k < x.shape.rank; ++k) out.result.numbers[k] = Others && k == along ? -1 : k;
        out.result.numbers[x.shape.rank] = Others ? along : -1;
        return out;
    }
};

/// Each number is compared with all others of its row, which takes the place of sorting.
struct sparsemax_formula {
    static constexpr char name[] = "sparsemax";
    static constexpr auto defaults = options(along(axis<-1>));

    static constexpr auto of(auto how, auto scores) {
        using namespace literals;
        using axis_type = decltype(how.axis());
        const auto x = shifted_by_largest(scores, how.axis()); // the same result, and sums of small numbers
        const auto above = apply<relu_op>(apply<view_op, along_last<axis_type, true>>(x) - apply<view_op, along_last<axis_type, false>>(x));
        const auto counts = cast_like(less(reduce_sum(above, axis<-1>), 1_c), x);
        const auto tau = (reduce_sum(multiply_no_nan(x, counts), how.axis(), keepdims) - 1_c) / reduce_sum(counts, how.axis(), keepdims);
        return apply<relu_op>(x - tau);
    }
};

} // namespace detail

/// 0 up to -1, (x + 1)^2 / 4 up to 1, then x.
/// Derivative: 0 below -1, (x + 1) / 2 up to 1, then 1.
/// Source: Keras, `activations.sparse_plus`.
inline constexpr activation_function<detail::sparse_plus_formula> sparse_plus{};

/// 0 up to -1, (x + 1) / 2 up to 1, then 1.
/// Derivative: 1/2 between -1 and 1, 0 outside.
/// Source: Keras, `activations.sparse_sigmoid`.
inline constexpr activation_function<detail::sparse_sigmoid_formula> sparse_sigmoid{};

/// The probabilities nearest to `x`, many of them 0: max(x - tau, 0), where tau makes them sum to 1 along the last axis, or
/// along another one, `sparsemax(x, axis<1>)`. It takes time with the square of the extent.
/// Derivative: a gradient less its mean over the places that are not 0, there; 0 elsewhere.
/// Source: Martins and Astudillo 2016; Keras, `activations.sparsemax`.
inline constexpr activation_function<detail::sparsemax_formula> sparsemax{};

} // namespace ctgrad

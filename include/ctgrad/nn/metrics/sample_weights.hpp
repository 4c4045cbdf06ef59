// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/view.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>

namespace ctgrad {

/// Stands for the weights of a call that gives none.
struct unweighted {};

namespace detail {

/// Repeats weights along the axes of values that they lack.
struct weights_beside {
    static constexpr inference asked(const attributes& w, const attributes& values) {
        inference out;
        out.result.shape = values.shape;
        for (int k = 0; k < values.shape.rank; ++k) out.result.numbers[k] = k < w.shape.rank && w.shape[k] == values.shape[k] ? k : -1;
        return out;
    }
};

/// One weight for each of `values`.
template <operand W, operand Values>
constexpr auto weights_like(W w, Values values) {
    return apply_like<view_op, weights_beside>(w, values);
}

} // namespace detail

/// `values` of a metric, each multiplied by its weight if there are weights; these have the first axes of the values.
template <operand Values>
constexpr auto weigh(Values values, unweighted) {
    return values;
}
template <operand Values, operand W>
constexpr auto weigh(Values values, W w) {
    return multiply_no_nan(values, detail::weights_like(w, values));
}

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/builder.hpp>

namespace ctgrad {

/// What a derivative rule is given: the node y = op(x0, x1, ...), the gradient dy that reaches it,
/// and which input the rule is asked about. It returns the gradient that flows to that input.
struct adjoint {
    ref y;
    ref dy;
    int wrt = 0;
    bool shielded = false; ///< Zeros of dy are meant: they stay 0, be the partial derivative infinite or NaN.

    constexpr ref x(int i = 0) const { return y.input(i); }
    constexpr attributes attrs() const { return *y; }

    /// dy / x; a meant zero of dy stays 0.
    constexpr ref over(ref x) const { return shielded ? apply<multiply_no_nan_op>(1.0 / x, dy) : dy / x; }
};

/// What a simplification rule is given: a node that is about to be added. It returns an equal,
/// cheaper one, or none.
struct pending {
    builder* graph = nullptr;
    const node& draft;

    constexpr ref x(int i = 0) const { return {graph, draft.inputs[i]}; }
    constexpr attributes attrs() const { return draft; }
};

} // namespace ctgrad

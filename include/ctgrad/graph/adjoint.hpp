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

    /// `gradient`, dy or the same repeated, times `partial`; a meant zero of it stays 0.
    template <class Shielding = multiply_no_nan_op>
    constexpr ref times(const auto gradient, const auto partial) const {
        return shielded ? apply<Shielding>(partial, gradient) : gradient * partial;
    }
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

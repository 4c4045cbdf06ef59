// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/rules.hpp>

/// @file What derivatives ask of their arguments.

namespace ctgrad {

/// Arguments: the function, the shape of the loss.
template <fact Function, fact Loss>
CTGRAD_RULE(loss_must_be_scalar, "a loss is one number: use reduce_mean(loss) or reduce_sum(loss).")
inline constexpr poison broken<fault::loss_must_be_scalar, Function, Loss>{};

/// Arguments: the function, the dtype of the loss.
template <fact Function, fact Loss>
CTGRAD_RULE(loss_must_be_floating, "only float and double have gradients: cast what the loss is made of.")
inline constexpr poison broken<fault::loss_must_be_floating, Function, Loss>{};

/// Arguments: the leaf.
template <fact Leaf>
CTGRAD_RULE(loss_must_depend_on_variable, "this leaf does not occur in the loss: use it there, or do not ask for its gradient.")
inline constexpr poison broken<fault::loss_must_depend_on_variable, Leaf>{};

/// Arguments: the leaf, the op (or the dtype) that lets no gradient pass.
template <fact Leaf, fact Op>
CTGRAD_RULE(path_must_be_differentiable,
            "no gradient passes there, and no other path leads to the leaf: train on a smooth loss (a cross-entropy, not an accuracy).")
inline constexpr poison broken<fault::path_must_be_differentiable, Leaf, Op>{};

/// Arguments: the function, the shape of what stands where a leaf belongs.
template <fact Function, fact Given>
CTGRAD_RULE(gradient_must_be_of_a_leaf, "a gradient is with respect to variables or placeholders, not to what was computed from them.")
inline constexpr poison broken<fault::gradient_must_be_of_a_leaf, Function, Given>{};

/// Arguments: the function, the shape of the loss.
template <fact Function, fact Loss>
CTGRAD_RULE(gradient_must_name_variables, "say with respect to what: gradient(loss, W, b).")
inline constexpr poison broken<fault::gradient_must_name_variables, Function, Loss>{};

/// Arguments: the variable, its dtype and shape.
template <fact Variable, fact Type>
CTGRAD_RULE(gradient_must_be_computed, "these gradients have none for it: name it in gradient(loss, ...).")
inline constexpr poison broken<fault::gradient_must_be_computed, Variable, Type>{};

} // namespace ctgrad

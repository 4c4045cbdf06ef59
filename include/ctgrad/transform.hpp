// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file The layer `transform`: from graph to graph: gradients, simplification.

#include <ctgrad/transform/batch_jacobian.hpp>
#include <ctgrad/transform/cumulative.hpp>
#include <ctgrad/transform/differentiate.hpp>
#include <ctgrad/transform/evaluate.hpp>
#include <ctgrad/transform/explain_jacobian.hpp>
#include <ctgrad/transform/explain_rewrites.hpp>
#include <ctgrad/transform/gauss_newton.hpp>
#include <ctgrad/transform/gradient.hpp>
#include <ctgrad/transform/gradient_error.hpp>
#include <ctgrad/transform/hessian.hpp>
#include <ctgrad/transform/jacobian.hpp>
#include <ctgrad/transform/jvp.hpp>
#include <ctgrad/transform/per_example_gradient.hpp>
#include <ctgrad/transform/push_forward.hpp>
#include <ctgrad/transform/scan.hpp>
#include <ctgrad/transform/recompute_grad.hpp>
#include <ctgrad/transform/simplify.hpp>
#include <ctgrad/transform/sparsity.hpp>
#include <ctgrad/transform/substitute.hpp>
#include <ctgrad/transform/variables_of.hpp>

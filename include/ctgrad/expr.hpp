// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file The layer `expr`: expressions, numbers in them, applying an op, and the rules that are checked then.

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/expr/assign.hpp>
#include <ctgrad/expr/concepts.hpp>
#include <ctgrad/expr/constant_options.hpp>
#include <ctgrad/expr/expr.hpp>
#include <ctgrad/expr/hyperparameter.hpp>
#include <ctgrad/expr/if_used.hpp>
#include <ctgrad/expr/literal.hpp>
#include <ctgrad/expr/node_context.hpp>
#include <ctgrad/expr/operators.hpp>
#include <ctgrad/expr/option_call.hpp>
#include <ctgrad/expr/options.hpp>
#include <ctgrad/expr/poison.hpp>
#include <ctgrad/expr/print.hpp>
#include <ctgrad/expr/rules.hpp>

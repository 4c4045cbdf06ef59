// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file The layer `graph`: nodes, op descriptors, the builder, the reference interpreter.

#include <ctgrad/graph/adjoint.hpp>
#include <ctgrad/graph/apply.hpp>
#include <ctgrad/graph/builder.hpp>
#include <ctgrad/graph/constant.hpp>
#include <ctgrad/graph/count_nodes.hpp>
#include <ctgrad/graph/descriptor.hpp>
#include <ctgrad/graph/extract.hpp>
#include <ctgrad/graph/interpret.hpp>
#include <ctgrad/graph/node.hpp>
#include <ctgrad/graph/op_info.hpp>
#include <ctgrad/graph/print.hpp>
#include <ctgrad/graph/ref.hpp>
#include <ctgrad/graph/traits.hpp>
#include <ctgrad/graph/value_facts.hpp>
#include <ctgrad/graph/verify.hpp>
#include <ctgrad/graph/view.hpp>

// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file The layer `shape`: named and static dimensions, and the arithmetic of shapes.

#include <ctgrad/shape/access.hpp>
#include <ctgrad/shape/axes.hpp>
#include <ctgrad/shape/broadcast.hpp>
#include <ctgrad/shape/dimension.hpp>
#include <ctgrad/shape/matmul.hpp>
#include <ctgrad/shape/phrase.hpp>
#include <ctgrad/shape/strided.hpp>
#include <ctgrad/shape/tensor_shape.hpp>
#include <ctgrad/core/fault.hpp>

// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file The layer `core`: words without tensors.

#include <ctgrad/core/display.hpp>
#include <ctgrad/core/dtype.hpp>
#include <ctgrad/core/error.hpp>
#include <ctgrad/core/fixed_string.hpp>
#include <ctgrad/core/floating_point.hpp>
#include <ctgrad/core/hash.hpp>
#include <ctgrad/core/list.hpp>
#include <ctgrad/core/maybe.hpp>
#include <ctgrad/core/rule.hpp>
#include <ctgrad/core/symbol.hpp>

// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file The layer `rewrite`: algebra as a table: each rewrite one function, one name, one law.

#include <ctgrad/rewrite/all.hpp>
#include <ctgrad/rewrite/elementwise.hpp>
#include <ctgrad/rewrite/table.hpp>

// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file Functions that few programs need, and that the umbrella leaves out: gamma functions, elements at computed places.

#include <ctgrad/ops/digamma.hpp>
#include <ctgrad/ops/gather_nd.hpp>
#include <ctgrad/ops/lgamma.hpp>

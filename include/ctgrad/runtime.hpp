// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/runtime/function.hpp>
#include <ctgrad/runtime/parameters.hpp>
#include <ctgrad/runtime/tensor.hpp>

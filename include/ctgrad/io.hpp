// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file
/// The io layer: file formats that models and data come in.

#include <ctgrad/io/idx.hpp>

// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file The version of the library, as numbers for `#if` and as text. `test/version.py` compares it with meson.build.

#include <string_view>

#define CTGRAD_VERSION_MAJOR 0
#define CTGRAD_VERSION_MINOR 1
#define CTGRAD_VERSION_PATCH 0

/// One number to compare: `#if CTGRAD_VERSION >= 100` asks for 0.1.0 or later.
#define CTGRAD_VERSION (CTGRAD_VERSION_MAJOR * 10000 + CTGRAD_VERSION_MINOR * 100 + CTGRAD_VERSION_PATCH)

namespace ctgrad {

/// What a report of a fault should say: `std::cout << ctgrad::version`.
inline constexpr std::string_view version = "0.1.0";

} // namespace ctgrad

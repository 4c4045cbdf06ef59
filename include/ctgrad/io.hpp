// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file
/// The io layer: file formats that models and data come in. Formats that need a library are headers of their own:
/// ctgrad/io/csv.hpp (libcsv), ctgrad/io/npz.hpp (libzip), ctgrad/io/safetensors.hpp and ctgrad/io/checkpoint.hpp
/// (JSON for Modern C++).

#include <ctgrad/io/idx.hpp>
#include <ctgrad/io/npy.hpp>

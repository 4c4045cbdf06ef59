// SPDX-License-Identifier: BSL-1.0

// What clang-tidy looks at: all headers that need no other library.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/io/idx.hpp>
#include <ctgrad/io/npy.hpp>
#include <ctgrad/model.hpp>
#include <ctgrad/model/callbacks/csv_logger.hpp>
#include <ctgrad/nn/losses/compat_v1.hpp>
#include <ctgrad/train/compat_v1.hpp>

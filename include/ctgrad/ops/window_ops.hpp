// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/convolution.hpp>
#include <ctgrad/ops/op_list.hpp>
#include <ctgrad/ops/pick_largest.hpp>
#include <ctgrad/ops/windows.hpp>

namespace ctgrad {

/// The ops of windows, which are not in the umbrella: as `all_ops`, they are found by the tests of the laws.
// clang-format off
using window_ops = op_list<
    convolution_input_op,
    convolution_kernel_op,
    convolution_op,
    overlap_add_op,
    pick_largest_op,
    place_largest_op,
    windows_op
>;
// clang-format on

} // namespace ctgrad

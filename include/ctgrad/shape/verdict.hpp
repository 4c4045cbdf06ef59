// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace ctgrad {

/// What shape and dtype inference found; each value but `holds` is a rule of the same name.
enum class verdict : std::uint8_t {
    holds,
    shapes_must_broadcast,
    broadcast_must_expand_one_side,
    matmul_inner_dimensions_must_match,
    matmul_operands_must_be_matrices,
    batch_dimensions_must_match,
    axis_must_be_in_range,
    axes_must_be_distinct,
    size_must_stay_the_same,
    slice_must_lie_inside,
    extents_must_match_outside_axis,
    dimension_must_be_static,
    rank_must_fit,
    dtypes_must_match,
    dtype_must_be_floating,
    dtype_must_be_numeric,
    dtype_must_be_integer,
    dtype_must_be_boolean,
};

} // namespace ctgrad

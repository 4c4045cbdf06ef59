// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/shape/tensor_shape.hpp>
#include <ctgrad/core/fault.hpp>

namespace ctgrad {

/// Axes as the user wrote them: possibly negative (from the end), possibly none (which means all).
struct axis_list {
    int count = 0;
    int axes[max_rank]{};
};

/// A set of axes as bits, or why there is none.
struct axis_mask {
    unsigned bits = 0;
    fault found = fault::none;

    constexpr bool has(int axis) const { return (bits >> axis & 1u) != 0; }
};

constexpr int normalized(int axis, int rank) { return axis < 0 ? axis + rank : axis; }

/// The axes of a tensor of rank `rank` that `list` names; an empty list names all.
constexpr axis_mask resolve(const axis_list& list, int rank) {
    if (list.count == 0) return {(1u << rank) - 1u};
    axis_mask mask;
    for (int i = 0; i < list.count; ++i) {
        const int axis = normalized(list.axes[i], rank);
        if (axis < 0 || axis >= rank) return {0, fault::axis_must_be_in_range};
        if (mask.has(axis)) return {0, fault::axes_must_be_distinct};
        mask.bits |= 1u << axis;
    }
    return mask;
}

/// `shape` without the axes of `mask`, or with extent 1 there when `keepdims`.
constexpr tensor_shape reduced(const tensor_shape& shape, axis_mask mask, bool keepdims = false) {
    tensor_shape out;
    for (int i = 0; i < shape.rank; ++i) {
        if (!mask.has(i))
            out.append(shape[i]);
        else if (keepdims)
            out.append(1);
    }
    return out;
}

} // namespace ctgrad

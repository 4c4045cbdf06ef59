// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/concat.hpp>
#include <ctgrad/ops/matmul.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/negative.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/slice.hpp>
#include <ctgrad/rewrite/rewrite.hpp>

/// @file Of tensors among zeros and of tensors side by side. A unit vector is a 1 among zeros: products with it are parts of what it
/// is multiplied by.

namespace ctgrad::rewrites {

constexpr bool is_padded_along(ref pad, int axis) { return !(pad.shape()[axis] == pad.input(0).shape()[axis]); }

/// Whether `x` is a number, or one element, among zeros.
constexpr bool is_element_among_zeros(ref x) {
    if (!is_made_by<pad_op>(x)) return false;
    const ref inside = x.input(0);
    return is_number(inside) || (inside.shape().is_static() && inside.shape().static_size() == 1);
}

/// What of `x` lies where the inside of `pad` does.
constexpr ref at_inside(ref x, ref pad) {
    if (is_number(x)) return constant(*x.graph, constant_value(*x), x->type, pad.input(0).shape());
    attributes box;
    box.shape = pad.input(0).shape();
    for (int k = 0; k < box.shape.rank; ++k) box.numbers[k] = is_padded_along(pad, k) ? pad->numbers[k] : 0;
    return apply<slice_op>(box, x);
}

/// `inside` among the zeros of `pad`.
constexpr ref among_zeros_of(ref pad, ref inside) {
    const attributes box = *pad;
    return apply<pad_op>(box, inside);
}

constexpr ref pad_of_zeros(const pending& at) {
    return is_constant(at.x(), 0) ? constant(*at.graph, 0, at.x()->type, at.draft.shape) : ref{};
}

constexpr ref slice_of_pad(const pending& at) {
    const ref x = at.x();
    if (!is_made_by<pad_op>(x)) return {};
    attributes box = at.attrs();
    const tensor_shape inside = x.input(0).shape();
    bool within = true;
    for (int k = 0; k < box.shape.rank; ++k) {
        if (!is_padded_along(x, k)) continue; // as it is
        const std::int64_t begin = box.numbers[k] - x->numbers[k], end = begin + box.shape[k].extent, extent = inside[k].extent;
        if (end <= 0 || begin >= extent) return constant(*at.graph, 0, x->type, box.shape);
        within = within && begin >= 0 && end <= extent;
        box.numbers[k] = static_cast<std::int32_t>(begin);
    }
    return within ? apply<slice_op>(box, x.input(0)) : ref{};
}

constexpr ref slice_of_concat(const pending& at) {
    const ref x = at.x();
    if (!is_made_by<concat_op>(x)) return {};
    attributes box = at.attrs();
    const int axis = x->numbers[0];
    const std::int64_t first = x.input(0).shape()[axis].extent, begin = box.numbers[axis], end = begin + box.shape[axis].extent;
    if (end <= first) return apply<slice_op>(box, x.input(0));
    if (begin < first) return {};
    box.numbers[axis] = static_cast<std::int32_t>(begin - first);
    return apply<slice_op>(box, x.input(1));
}

constexpr ref concat_of_numbers(const pending& at) {
    const ref x = at.x(0), y = at.x(1);
    if (!is_number(x) || !is_number(y) || x->bits != y->bits) return {};
    return constant(*at.graph, constant_value(*x), x->type, at.draft.shape);
}

/// Of a number: a view is one again. An axis that no axis of the view runs along has extent 1, and no zeros.
constexpr ref view_of_pad(const pending& at) {
    const ref x = at.x();
    if (!is_element_among_zeros(x)) return {};
    const attributes view = at.attrs();
    attributes box, inside = view;
    box.shape = view.shape;
    for (int k = 0; k < view.shape.rank; ++k) {
        const int from = view.numbers[k];
        if (from < 0 || !is_padded_along(x, from)) continue;
        box.numbers[k] = x->numbers[from];
        inside.shape[k] = x.input(0).shape()[from];
    }
    return apply<pad_op>(box, apply<view_op>(inside, x.input(0)));
}

constexpr ref negative_of_pad(const pending& at) {
    return is_element_among_zeros(at.x()) ? among_zeros_of(at.x(), -at.x().input(0)) : ref{};
}

constexpr ref times_pad(const pending& at) {
    for (int k = 0; k < 2; ++k) {
        const ref x = at.x(1 - k), pad = at.x(k);
        if (is_element_among_zeros(pad) && is_always_finite(x)) return among_zeros_of(pad, at_inside(x, pad) * pad.input(0));
    }
    return {};
}

constexpr ref hidden_by_pad(const pending& at) {
    const ref x = at.x(0), pad = at.x(1);
    if (!is_element_among_zeros(pad)) return {};
    return among_zeros_of(pad, apply<multiply_no_nan_op>(attributes{}, at_inside(x, pad), pad.input(0)));
}

constexpr ref sum_of_pad(const pending& at) {
    const ref x = at.x();
    if (!is_made_by<pad_op>(x)) return {};
    const axis_mask axes = reduced_axes(at.draft);
    const attributes sum = at.attrs();
    attributes box;
    bool pads = false, cuts = false;
    for (int k = 0; k < x->shape.rank; ++k) {
        const bool is_padded = is_padded_along(x, k);
        if (axes.has(k)) {
            cuts = cuts || is_padded;
            continue;
        }
        box.numbers[box.shape.rank] = is_padded ? x->numbers[k] : 0;
        box.shape.append(x->shape[k]);
        pads = pads || is_padded;
    }
    if (!cuts) return {};
    attributes asked;
    asked.numbers[0] = sum.numbers[0];
    const ref inside = apply<reduce_sum_op>(asked, x.input(0));
    return pads ? apply<pad_op>(box, inside) : inside;
}

/// A matmul of what has zeros along the axis that is summed over: without these terms. The zeros are meant, or what they are multiplied
/// by is finite.
constexpr ref product_with_pad(const pending& at) {
    const attributes product = at.attrs();
    const int rank = at.draft.shape.rank;
    for (int k = 0; k < 2; ++k) {
        const ref pad = at.x(k), other = at.x(1 - k);
        const int axis = k == 0 ? rank - 1 : rank - 2, of_other = k == 0 ? rank - 2 : rank - 1;
        if (!is_made_by<pad_op>(pad) || !is_padded_along(pad, axis)) continue;
        if ((detail::shields_of(product) >> k & 1) == 0 && !is_always_finite(other)) continue;
        attributes box, rest = *pad;
        box.shape = other.shape();
        box.numbers[of_other] = pad->numbers[axis];
        box.shape[of_other] = rest.shape[axis] = pad.input(0).shape()[axis];
        rest.numbers[axis] = 0;
        const ref part = apply<slice_op>(box, other);
        const ref inside = rest.shape == pad.input(0).shape() ? pad.input(0) : apply<pad_op>(rest, pad.input(0));
        return k == 0 ? apply<matmul_op>(product, inside, part) : apply<matmul_op>(product, part, inside);
    }
    return {};
}

} // namespace ctgrad::rewrites

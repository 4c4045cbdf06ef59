// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/detail/convolution_shape.hpp>

namespace ctgrad::detail {

/// Results of a convolution along one axis that are computed alike: first, first + step, ..., `count` of them. Number j of these is a
/// sum over `positions` elements of the window: number i of them, `element + i element_step`, meets source j stride + at + i at_step.
struct window_pass {
    std::int64_t first = 0, step = 1, count = 1, stride = 1;
    std::int64_t positions = 1, element = 0, element_step = 1, at = 0, at_step = 1;

    constexpr std::int64_t element_of(std::int64_t i) const { return element + i * element_step; }
    constexpr std::int64_t source_of(std::int64_t j, std::int64_t i) const { return j * stride + at + i * at_step; }
    /// How many source elements one result spans, from the first that it meets.
    constexpr std::int64_t span() const { return positions > 0 ? (positions - 1) * at_step + 1 : 0; }
    /// How many all results span.
    constexpr std::int64_t length() const { return positions > 0 ? (count - 1) * stride + span() : 0; }
};

/// How many passes give x of y: one for each residue of positions by the stride.
constexpr std::int64_t passes_of(const window_axis& w, bool of_input) { return !of_input ? 1 : w.stride < w.input ? w.stride : w.input; }

constexpr std::int64_t greatest_common_divisor(std::int64_t a, std::int64_t b) {
    while (b != 0) {
        const std::int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/// Pass number `pass`. Of y (`of_input` false) there is one, from x. Of x, from y: element k of the window joins x element q with y
/// element (q + pad - k dilation) / stride, if that is whole; sources ascend as elements of the window descend.
constexpr window_pass pass_of(const window_axis& w, bool of_input, std::int64_t pass) {
    if (!of_input) return {0, 1, w.output, w.stride, w.window, 0, 1, -w.pad, w.dilation};
    const std::int64_t s = w.stride, period = s / greatest_common_divisor(s, w.dilation);
    std::int64_t first = 0;
    while (first < period && (pass + w.pad - first * w.dilation) % s != 0) ++first;
    window_pass p{pass, s, (w.input - pass + s - 1) / s, 1, 0, 0, -period, 0, period * w.dilation / s};
    if (first == period || first >= w.window) return p;
    p.positions = (w.window - 1 - first) / period + 1;
    p.element = first + (p.positions - 1) * period;
    p.at = (pass + w.pad - p.element * w.dilation) / s; // exact, also where it is negative
    return p;
}

} // namespace ctgrad::detail

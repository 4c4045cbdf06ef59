// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/descriptor.hpp>

#include <bit>

namespace ctgrad {

/// One value everywhere; `bits` are those of a double, rounded to the dtype where it is used.
struct constant_op {
    static constexpr char name[] = "constant";
    static constexpr op_kind kind = op_kind::constant;
    static constexpr int arity = 0;
    static constexpr inference infer(const attributes& asked, const attributes* const*) { return {asked}; }
};

/// A tensor of `shape` filled with `value`.
constexpr ref constant(builder& b, double value, dtype type, const tensor_shape& shape = {}) {
    attributes a;
    a.type = type;
    a.shape = shape;
    a.bits = std::bit_cast<std::uint64_t>(value);
    return b.add(info<constant_op>, a, nullptr);
}

constexpr double constant_value(const node& n) { return std::bit_cast<double>(n.bits); }

/// `value` as an element of dtype `t`.
constexpr double rounded(dtype t, double value) {
    if (t == dtype::float32) return static_cast<double>(static_cast<float>(value));
    if (t == dtype::int32) {
        if (value != value) return 0;
        if (value >= 2147483647.0) return 2147483647.0; // so that the largest of no integers is a number
        if (value <= -2147483648.0) return -2147483648.0;
        return static_cast<double>(static_cast<std::int32_t>(value));
    }
    return t == dtype::boolean ? static_cast<double>(value != 0) : value;
}

/// Whether `x` is `value` everywhere, known at compile time.
constexpr bool is_constant(ref x, double value) { return x->op->kind == op_kind::constant && constant_value(*x) == value; }

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/constant.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/reduce_sum.hpp> // which the derivative of a repeated operand names
#include <ctgrad/shape/axes.hpp>

namespace ctgrad {

/// The size of the named dimension `name`, as a number of the asked dtype.
struct size_op {
    static constexpr char name[] = "size";
    static constexpr op_kind kind = op_kind::size;
    static constexpr int arity = 0;
    static constexpr inference infer(const attributes& asked, const attributes* const*) { return {asked}; }
};

/// How many elements `shape` has along `axes`.
constexpr ref element_count(auto& b, dtype type, const tensor_shape& shape, axis_mask axes) {
    double known = 1;
    for (int k = 0; k < shape.rank; ++k)
        if (axes.has(k) && shape[k].is_static()) known *= static_cast<double>(shape[k].extent);
    auto count = constant(b, known, type);
    for (int k = 0; k < shape.rank; ++k) {
        if (!axes.has(k) || shape[k].is_static()) continue;
        attributes a;
        a.type = type;
        a.name = shape[k].name;
        const auto named = b.add(info<size_op>, a, nullptr);
        count = known == 1 && count->op->kind == op_kind::constant ? named : count * named;
    }
    return count;
}

} // namespace ctgrad

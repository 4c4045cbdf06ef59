// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>
#include <ctgrad/graph/view.hpp>
#include <ctgrad/shape/broadcast.hpp>

#include <concepts>

namespace ctgrad {

/// The common shape of the inputs of an elementwise op; pairwise, so that one input has it.
constexpr shape_or_fault common_shape(const attributes* const* inputs, int count) {
    shape_or_fault common{inputs[0]->shape};
    for (int i = 1; i < count && common.found == fault::none; ++i)
        if (!(inputs[i]->shape == common.shape)) common = broadcast(common.shape, inputs[i]->shape);
    return common;
}

/// Applies `Op` to `inputs`; those of an elementwise op are broadcast to their common shape.
template <class Op, std::same_as<ref>... Refs>
constexpr ref apply(const attributes& asked, Refs... inputs) {
    ref in[] = {inputs...};
    if constexpr (Op::kind == op_kind::elementwise && sizeof...(inputs) > 1) {
        const attributes* const facts[] = {&*inputs...};
        const shape_or_fault common = common_shape(facts, sizeof...(inputs));
        if (common.found != fault::none) not_a_constant("the shapes do not broadcast");
        for (ref& r : in) r = expand<deferred_t<view_op, Op>>(r, common.shape);
    }
    return in[0].graph->add(info<Op>, asked, in);
}

} // namespace ctgrad

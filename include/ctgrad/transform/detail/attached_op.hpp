// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/descriptor.hpp>

namespace ctgrad::detail {

/// Input 0 with the derivatives of the others: what stands for a rule of the user's own among copies.
template <int Inputs>
struct attached_op {
    static constexpr std::string_view name = "attached";
    static constexpr op_kind kind = op_kind::general;
    static constexpr int arity = 1 + Inputs;
    static constexpr bool shows_first = true;
    static constexpr unsigned differentiable_inputs = Inputs == 1 ? 2 : 6;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        out.result.type = in[0]->type;
        out.result.shape = in[0]->shape;
        return out;
    }
    template <class Out, class Value, class... X>
    static constexpr void evaluate(const attributes&, const strided<Out>& out, const strided<Value>& value, const strided<X>&...) {
        for_each_index(out.rank, out.extent, [&](const std::int64_t* index) { out.at(index) = value.at(index); });
    }
    static constexpr ref derivative(const auto& at) { return at.dy; }
};

} // namespace ctgrad::detail

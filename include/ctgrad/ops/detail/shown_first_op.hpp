// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/op_info.hpp>

namespace ctgrad::detail {

/// What ops are that show input 0, of the value of which a program knows nothing else: the `More` other inputs are there for derivatives.
template <int More>
struct shown_first_op {
    static constexpr op_kind kind = op_kind::general;
    static constexpr int arity = 1 + More;
    static constexpr bool shows_first = true;

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
};

} // namespace ctgrad::detail

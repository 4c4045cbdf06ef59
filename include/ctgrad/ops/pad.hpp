// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>

namespace ctgrad {

struct slice_op;

/// The input inside a larger box of zeros: `numbers[k]` zeros stand before it along axis k.
/// The derivative of `slice`.
struct pad_op {
    static constexpr char name[] = "pad";
    static constexpr op_kind kind = op_kind::general;
    static constexpr int arity = 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        out.result.type = in[0]->type;
        return out;
    }
    template <class Out, class X>
    static constexpr void evaluate(const attributes& a, const strided<Out>& out, const strided<X>& x) {
        for_each_index(out.rank, out.extent, [&](const std::int64_t* index) { out.at(index) = Out(0); });
        for_each_index(x.rank, x.extent, [&](const std::int64_t* index) {
            std::int64_t to[max_rank]{};
            for (int k = 0; k < x.rank; ++k) to[k] = index[k] + a.numbers[k];
            out.at(to) = x.at(index);
        });
    }
    static constexpr ref derivative(const auto& at) {
        attributes back = at.attrs();
        back.shape = at.x().shape();
        return apply<slice_op>(back, at.dy);
    }
};

} // namespace ctgrad

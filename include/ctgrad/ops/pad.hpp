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
        if (x.rank == 0) return void(*out.data = *x.data);
        // Row by row, so that a compiler makes vectors of them.
        for_each_row(out, [](const std::int64_t*, Out* row, std::int64_t n, std::int64_t step) {
            for (std::int64_t i = 0; i < n; ++i) row[i * step] = Out(0);
        });
        for_each_row(x, [&](const std::int64_t* index, X* row, std::int64_t n, std::int64_t step) {
            std::int64_t at[max_rank]{};
            for (int k = 0; k < x.rank; ++k) at[k] = index[k] + a.numbers[k];
            Out* const to = &out.at(at);
            const std::int64_t to_step = out.stride[x.rank - 1];
            if (step == 1 && to_step == 1)
                for (std::int64_t i = 0; i < n; ++i) to[i] = row[i];
            else
                for (std::int64_t i = 0; i < n; ++i) to[i * to_step] = row[i * step];
        });
    }
    static constexpr ref derivative(const auto& at) {
        attributes back = at.attrs();
        back.shape = at.x().shape();
        return apply<slice_op>(back, at.dy);
    }
};

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>

namespace ctgrad {

struct spread_op;

/// Every so many elements of the input: along axis k every `numbers[k]`-th, backwards where that is negative. The input's extent is
/// (extent - 1) |numbers[k]| + 1; -1 along an axis reverses it.
struct steps_op {
    static constexpr char name[] = "steps";
    static constexpr op_kind kind = op_kind::view;
    static constexpr int arity = 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        out.result.type = in[0]->type;
        return out;
    }
    static constexpr void map_axes(const attributes& a, access& map) {
        for (int k = 0; k < a.shape.rank; ++k) {
            const std::int64_t step = a.numbers[k];
            const std::int64_t origin = step < 0 ? (1 - a.shape[k].extent) * step : 0;
            map.begin[k] = origin + step * map.begin[k];
            for (int j = 0; j < map.rank; ++j)
                if (map.axis[j] == k) map.step[j] *= step;
        }
    }
    static constexpr bool may_vanish(const auto& at) { return !(at.x().shape() == at.y.shape()); }
    static constexpr ref derivative(const auto& at) {
        attributes back = at.attrs();
        back.shape = at.x().shape();
        if (back.shape == at.y.shape()) return apply<steps_op>(back, at.dy);
        return apply<spread_op>(back, at.dy);
    }
};

/// The input's elements at such steps, zeros between them: the derivative of `steps`.
struct spread_op {
    static constexpr char name[] = "spread";
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
            for (int k = 0; k < x.rank; ++k) to[k] = index[k] * a.numbers[k] - (a.numbers[k] < 0 ? (x.extent[k] - 1) * a.numbers[k] : 0);
            out.at(to) = x.at(index);
        });
    }
    static constexpr ref derivative(const auto& at) {
        attributes back = at.attrs();
        back.shape = at.x().shape();
        return apply<steps_op>(back, at.dy);
    }
};

} // namespace ctgrad

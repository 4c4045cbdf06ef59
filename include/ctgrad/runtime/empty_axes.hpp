// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/runtime/sizes.hpp>

namespace ctgrad::detail {

/// The first node of program `P` that needs elements along dimension `place`, or -1. A step divides by sizes in its means: of
/// no examples it would make all variables NaN.
template <class P>
constexpr int first_in_need(int place) {
    const graph_view g = P::graph();
    auto is_asked = [place](const symbol* name) { return P::plan.dimensions.index_of(name) == place; };
    for (int id = 0; id < g.size; ++id) {
        if (P::updates > 0 && g[id].op->kind == op_kind::size && is_asked(g[id].name)) return id;
        const unsigned axes = g[id].op->nonempty_axes(g[id]);
        if (axes == 0) continue;
        const tensor_shape& shape = g[g[id].inputs[0]].shape;
        for (int k = 0; k < shape.rank; ++k)
            if ((axes >> k & 1u) != 0 && !shape[k].is_static() && is_asked(shape[k].name)) return id;
    }
    return -1;
}

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_empty(std::string_view dimension, std::string_view op) {
    fail(error_text("ctgrad: '") << op << "' has no answer for no elements: dimension '" << dimension << "' is 0");
}

/// Refuses sizes of 0 for which an op of program `P` has no answer.
template <class P>
[[gnu::always_inline]] inline void refuse_empty_axes([[maybe_unused]] const std::int64_t* sizes) {
    unrolled(up_to<P::plan.dimensions.count>, [&]<int D>() __attribute__((always_inline)) {
        constexpr int node = first_in_need<P>(D);
        if constexpr (node >= 0) {
            constexpr bool is_size = P::graph()[node].op->kind == op_kind::size;
            constexpr std::string_view dimension = P::plan.dimensions.names[D]->text, op = is_size ? "step" : P::graph()[node].op->name;
            if (sizes[D] == 0) [[unlikely]]
                refuse_empty(dimension, op);
        }
    });
}

} // namespace ctgrad::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/runtime/sizes.hpp>

namespace ctgrad::detail {

/// The first node of program `P` that needs elements along dimension `place`, or -1.
template <class P>
constexpr int first_in_need(int place) {
    const graph_view g = P::graph();
    for (int id = 0; id < g.size; ++id) {
        if (g[id].op->nonempty_axes == nullptr) continue;
        const unsigned axes = g[id].op->nonempty_axes(g[id]);
        const tensor_shape& shape = g[g[id].inputs[0]].shape;
        for (int k = 0; k < shape.rank; ++k)
            if ((axes >> k & 1u) != 0 && !shape[k].is_static() && P::plan.dimensions.index_of(shape[k].name) == place) return id;
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
            constexpr std::string_view dimension = P::plan.dimensions.names[D]->text, op = P::graph()[node].op->name;
            if (sizes[D] == 0) [[unlikely]]
                refuse_empty(dimension, op);
        }
    });
}

} // namespace ctgrad::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/extract.hpp>
#include <ctgrad/graph/view.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/reduce_sum.hpp> // which the derivative of a view names
#include <ctgrad/transform/detail/graph_copy.hpp>

/// @file Division by what stays the same along a row: x / s is x * scale(s) * reciprocal(s), and the last two are taken once. The
/// error is at most 1.5 ulp. The scale, a power of two, is 1 but where the reciprocal would overflow or lose digits; there it takes
/// part of the exponent, so that the product is finite, 0, infinite or NaN where the quotient is.

namespace ctgrad::detail {

/// 2^60 where |s| is below 2^-1021, 2^-60 where it is above 2^1021, else 1. (Of float: 24 and 125.)
struct reciprocal_scale_op : elementwise_op<1> {
    static constexpr std::string_view name = "reciprocal_scale";
    static constexpr int flops = 3;
    static constexpr domain accepts = domain::floating;

    template <class V>
    static constexpr V evaluate(V s) {
        using T = simd::element_t<V>;
        constexpr bool single = sizeof(T) == 4;
        constexpr T up = single ? T(0x1p24) : T(0x1p60), down = single ? T(0x1p-24) : T(0x1p-60);
        constexpr T smallest = single ? T(0x1p-125) : static_cast<T>(0x1p-1021), largest = single ? T(0x1p125) : static_cast<T>(0x1p1021);
        const V size = simd::abs(s);
        return simd::select(size < V(smallest), V(up), simd::select(size > V(largest), V(down), V(T(1))));
    }
};

/// 1 / (s scale(s)).
struct scaled_reciprocal_op : elementwise_op<2> {
    static constexpr std::string_view name = "scaled_reciprocal";
    static constexpr int flops = 2;
    static constexpr domain accepts = domain::floating;
    static constexpr auto evaluate(auto s, auto scale) { return decltype(s)(1) / (s * scale); }
};

/// Whether `n` divides rows by a number each, and rows are so long that it pays: of 10 elements it does not.
constexpr bool divides_rows(graph_view g, const node& n) {
    if (!is_op<divide_op>(*n.op) || n.shape.rank == 0) return false;
    const node& by = g[n.inputs[1]];
    const int last = n.shape.rank - 1;
    const bool long_enough = !n.shape[last].is_static() || n.shape[last].extent >= 16;
    return long_enough && is_op<view_op>(*by.op) && by.numbers[last] < 0 && g[by.inputs[0]].op->kind != op_kind::constant;
}

/// `g` with reciprocals of what divides rows.
template <class Program = void>
constexpr draft_graph with_reciprocals(const draft_graph& g) {
    graph_copy out(g);
    list<std::int16_t> scale(g.nodes.size(), std::int16_t{-1}), reciprocal(g.nodes.size(), std::int16_t{-1});
    for (int id = 0; id < g.nodes.size(); ++id) {
        const node n = out.moved(id);
        if (!divides_rows(g.view(), g.nodes[id])) {
            out.place[id] = out.add(n);
            continue;
        }
        const int view = g.nodes[id].inputs[1], s = g.nodes[view].inputs[0];
        if (scale[view] < 0) { // one scale and one reciprocal for each view, which is one node
            const attributes number{g.nodes[s].type, g.nodes[s].shape};
            const std::int16_t by = out.add(info<deferred_t<reciprocal_scale_op, Program>>, number, out.place[s]);
            const std::int16_t inverse = out.add(info<deferred_t<scaled_reciprocal_op, Program>>, number, out.place[s], by);
            scale[view] = out.add(info<deferred_t<view_op, Program>>, g.nodes[view], by);
            reciprocal[view] = out.add(info<deferred_t<view_op, Program>>, g.nodes[view], inverse);
        }
        constexpr const op_info& times = info<deferred_t<multiply_op, Program>>;
        const attributes quotient{n.type, n.shape};
        out.place[id] = out.add(times, quotient, out.add(times, quotient, n.inputs[0], scale[view]), reciprocal[view]);
    }
    return out.finish();
}

} // namespace ctgrad::detail

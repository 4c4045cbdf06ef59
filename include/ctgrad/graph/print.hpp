// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/op_info.hpp>

#include <bit>
#include <cstdio>
#include <string>

namespace ctgrad {

namespace detail {

inline std::string printed_value(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.9g", value);
    return text;
}

} // namespace detail

/// One line a node: `%4 = multiply(%1, %3) float32[N,10]`. Numbers in brackets are the op's
/// attributes (axes, a permutation, offsets), names those of leaves and dimensions.
inline std::string to_string(const node& n, int id) {
    // Only appends: of `"%" + text` GCC 12 warns that it might overlap itself (PR 105651).
    std::string line("%");
    line.append(std::to_string(id)).append(" = ").append(n.op->name);
    if (n.op->is_named()) line.append(" ").append(n.name->text);
    if (n.op->kind == op_kind::constant) line.append(" ").append(detail::printed_value(std::bit_cast<double>(n.bits)));
    int used = max_rank;
    while (used > 0 && n.numbers[used - 1] == 0) --used;
    if (n.op->kind == op_kind::view) used = n.shape.rank;
    if (used > 0) {
        line += "[";
        for (int i = 0; i < used; ++i) line.append(i ? "," : "").append(std::to_string(n.numbers[i]));
        line += "]";
    }
    if (n.op->arity > 0) {
        line += "(";
        for (int k = 0; k < n.op->arity; ++k) line.append(k ? ", %" : "%").append(std::to_string(n.inputs[k]));
        line += ")";
    }
    return line.append(" ").append(name_of(n.type)).append(to_string(n.shape));
}

/// The graph as text, one line a node, results marked at the end.
inline std::string to_string(graph_view g) {
    std::string text;
    for (int i = 0; i < g.size; ++i) text.append(to_string(g[i], i)).append("\n");
    text += "return";
    for (int r = 0; r < g.root_count; ++r) text.append(r ? ", %" : " %").append(std::to_string(g.roots[r]));
    return text + "\n";
}

} // namespace ctgrad

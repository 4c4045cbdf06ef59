// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/detail/copy_parts.hpp>
#include <ctgrad/transform/detail/join_splitter.hpp>

/// @file What is computed of tensors that lie side by side is computed part by part: f(join(a, b)) is join(f(a), f(b)), so that
/// each part is one loop that writes where it belongs. That makes of the gradient of slices, a sum of tensors padded with
/// zeros, the loop of the inner elements and those of the ends, and none of zeros.

namespace ctgrad {

namespace detail {

struct split_graph {
    draft_graph graph;
    list<cut> cuts;
};
template <class Program>
constexpr split_graph split_once(const draft_graph& g, const list<cut>& wanted) {
    builder b(simplify<Program>);
    join_splitter<Program> splitter(b, g.view(), wanted);
    const list<ref> roots = splitter.run();
    return {extract(b, roots), splitter.cuts};
}

} // namespace detail

/// `g`, in which what is joined is computed part by part. (A template as `simplify` is.)
template <class Program = void>
constexpr draft_graph split_joins(const draft_graph& g) {
    const detail::split_graph once = detail::split_once<Program>(g, {}), again = detail::split_once<Program>(once.graph, once.cuts);
    return detail::copy_parts<Program>(again.graph);
}

} // namespace ctgrad

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/rewrite/all.hpp>
#include <ctgrad/rewrite/elementwise.hpp>
#include <ctgrad/rewrite/table.hpp>

namespace ctgrad {

/// Rewrites of a program's own, of any op, one of the library among them. They are tried before the library's. In a header that all
/// files of the program include, before the first expression:
/// `template <> inline constexpr ctgrad::rewrite_list ctgrad::program_rewrites<>{my_rewrites};`
template <class Program = void>
inline constexpr rewrite_list program_rewrites{};

namespace detail {

/// What a user's op does to its own nodes without saying what.
inline constexpr rewrite own_simplification{"its own simplify"};

template <class At = pending>
inline constexpr rewrite_index index_of_all{all_rewrites<At>};

/// What the first of `list` that fits makes of the node, or none; `fired` is told which it was.
template <class Fired>
constexpr ref first_that_fits(const rewrite_list& list, const pending& at, const Fired& fired) {
    for (const rewrite& each : list) {
        if (each.op != 0 && each.op != at.draft.op->hash) continue;
        if (const ref better = each.made(at)) {
            fired(each);
            return better;
        }
    }
    return {};
}

/// The inputs of an op that does not care in their order in the graph, so that a b and b a are one node.
constexpr ref in_order(builder& b, const node& draft) {
    node ordered = draft;
    ordered.inputs[0] = draft.inputs[1];
    ordered.inputs[1] = draft.inputs[0];
    return b.intern(ordered);
}

template <class Program, class Fired>
constexpr ref simplified(builder& b, const node& draft, const Fired& fired) {
    const pending at{&b, draft};
    const op_info& op = *draft.op;
    if (op.kind == op_kind::elementwise && op.arity > 0)
        if (const ref better = first_that_fits(elementwise_rewrites, at, fired)) return better;
    if (const ref better = op.simplifies ? op.simplify(b, draft) : ref{}) {
        fired(own_simplification);
        return better;
    }
    if (const ref better = first_that_fits({op.rewrites, op.rewrite_count}, at, fired)) return better;
    if (const ref better = first_that_fits(program_rewrites<Program>, at, fired)) return better;
    if (const ref better = first_that_fits(index_of_all<deferred_t<pending, Program>>.of(op.hash), at, fired)) return better;
    return op.commutative && draft.inputs[0] > draft.inputs[1] ? in_order(b, draft) : ref{};
}

} // namespace detail

/// The rewriter of programs and gradients: tries what holds for every elementwise op, the op's own rewrites, those of the program
/// and the table of the library, and takes the first that fits. (A template, as `program_rewrites` may be specialised after it.)
template <class Program = void>
constexpr ref simplify(builder& b, const node& draft) {
    return detail::simplified<Program>(b, draft, [](const rewrite&) {});
}

} // namespace ctgrad

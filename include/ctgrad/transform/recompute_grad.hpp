// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/detail/shown_first_op.hpp>
#include <ctgrad/transform/differentiate.hpp>

namespace ctgrad {

namespace detail {

/// Input 0 as it is, read when input 1 is there: what is made of it is another node than what was made before, and is made later.
struct again_op {
    static constexpr char name[] = "again";
    static constexpr op_kind kind = op_kind::view;
    static constexpr int arity = 2;
    static constexpr unsigned differentiable_inputs = 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        out.result.type = in[0]->type;
        out.result.shape = in[0]->shape;
        return out;
    }
    static constexpr void map_axes(const attributes&, access&) {}
    static constexpr ref derivative(const auto& at) { return at.dy; }
};

/// Input 0; the others are where its recomputation starts. A program computes the value alone.
template <int Starts>
struct recompute_op : shown_first_op<Starts> {
    static constexpr std::string_view name = "recompute_grad";
    static constexpr bool begins_again = true;
    static constexpr unsigned differentiable_inputs = 1;

    static constexpr ref derivative(const auto& at) { return at.dy; }

    /// Passes `dy` on to where the recomputation of `y` starts, by way of a copy of all between. Nothing is gained where dy is known
    /// now, as behind a sum: that passes through what was computed.
    template <class Ref>
    static constexpr void pass_back(Ref y, const cotangent<Ref>& dy, const list<bool>& needed, list<cotangent<Ref>>& reached) {
        builder& b = *y.graph;
        const Ref x = y.input(0);
        if (is_number(dy.value) || starts(y, x.id)) return accumulate(reached[x.id], dy);
        list<bool> between(x.id + 1);
        between[x.id] = true;
        for (int id = x.id; id >= 0; --id)
            for (int k = 0; between[id] && !starts(y, id) && k < b[id].op->arity; ++k) between[b[id].inputs[k]] = true;
        list<Ref> copy(x.id + 1), start, read;
        for (int id = 0; id <= x.id; ++id) {
            if (!between[id]) continue;
            const node n = b[id]; // the builder may move its nodes
            if (!starts(y, id)) {
                ref in[max_arity];
                for (int k = 0; k < n.op->arity; ++k) in[k] = copy[n.inputs[k]];
                copy[id] = b.add(*n.op, n, in);
            } else if (n.op->arity == 0 && n.op->kind != op_kind::leaf)
                copy[id] = {&b, id};
            else {
                copy[id] = apply<again_op>(attributes{}, Ref{&b, id}, dy.value);
                if (!needed[id]) continue;
                start.push_back(Ref{&b, id});
                read.push_back(copy[id]);
            }
        }
        const list<cotangent<Ref>> terms = cotangents_of(copy[x.id], read, dy);
        for (int i = 0; i < start.size(); ++i) accumulate(reached[start[i].id], terms[i]);
    }

private:
    /// Whether recomputation starts at node `id`: at leaves, at what is recomputed itself, and at what was named.
    static constexpr bool starts(const auto& y, int id) {
        const node& n = (*y.graph)[id];
        if (n.op->arity == 0 || n.op->begins_again || is_op<again_op>(*n.op)) return true;
        for (int k = 1; k < 1 + Starts; ++k)
            if (y.input(k).id == id) return true;
        return false;
    }
};

} // namespace detail

/// `y`, of which a backward pass keeps nothing that lies between it and its inputs: it is computed again. The inputs are its leaves, what
/// is itself a `recompute_grad`, and up to two expressions that are named. A chain of n blocks, each `recompute_grad`, keeps n values and
/// those of one block; its gradient takes one forward pass more. `figures(f).workspace_bytes` shows what it saves. Jacobians and
/// `per_example_gradient` see through it.
/// ```
/// constexpr auto h1 = recompute_grad(block(h0));
/// constexpr auto h2 = recompute_grad(block(h1)); // keeps h1
/// ```
/// @returns the shape and dtype of `y`. Derivative: that of `y`, by the same operations.
/// Source: Griewank, Achieving Logarithmic Growth of Temporal and Spatial Complexity in Reverse Automatic Differentiation (1992);
/// `tf.recompute_grad`, `jax.checkpoint`.
struct recompute_grad_function {
    template <expression Y, expression... X>
        requires(sizeof...(X) <= 2)
    constexpr auto operator()(Y y, X... inputs) const {
        return apply<detail::recompute_op<static_cast<int>(sizeof...(X))>>(y, inputs...);
    }
};
inline constexpr recompute_grad_function recompute_grad{};

} // namespace ctgrad

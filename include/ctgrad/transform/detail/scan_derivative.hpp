// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/detail/scan_op.hpp>
#include <ctgrad/ops/sum_of_outer_products.hpp>
#include <ctgrad/transform/detail/scan_tangents.hpp>

namespace ctgrad::detail {

/// A scan taken apart, and a derivative of it that is being made: a scan that is given the carries before each step and the sequences.
template <class Ref>
struct scan_derivative {
    builder& graph;
    Ref scan;
    scan_facts facts;
    list<int> given, made; ///< Nodes: what the scan is given, what its step makes.
    list<int> outside;     ///< What the step uses of what is the same in all steps.
    list<int> step;
    scan_parts<Ref> parts;
    list<Ref> copies; ///< The step again, by node, on what the new scan is given.

    constexpr scan_derivative(Ref of, std::string_view mode, const list<scan_tangents::each>& by)
        : graph(*of.graph), scan(of), facts(*of), given(unpacked(graph, graph[of.id].inputs[0], facts.given())),
          made(unpacked(graph, graph[of.id].inputs[1], facts.made())) {
        step = scopes(graph, of.id + 1).step_of(graph, of.id, made, [&](int id) { outside.push_back(id); });
        parts.op = graph[of.id].op;
        parts.number = hash_combine(graph[of.id].hash, hash_text(mode));
        for (const scan_tangents::each& each : by)
            if (each.value)
                parts.number = hash_combine(parts.number, hash_combine(each.value->hash, static_cast<std::uint64_t>(each.place)));
        parts.length = facts.length;
        for (int c = 0; c < facts.carries; ++c) parts.sequences.push_back(carries_before(scan, c, attributes(graph[given[c]])));
        for (int i = facts.carries; i < facts.given(); ++i) parts.sequences.push_back({&graph, given[i]});
    }

    constexpr bool is_floating_carry(int c) const { return is_floating(graph[given[c]].type); }
    constexpr Ref zeros_like(int id) const { return constant(graph, 0, graph[id].type, tensor_shape(graph[id].shape)); }

    /// What stands in a step for the element of one more sequence. What is the same in all steps is no sequence.
    constexpr Ref element_of(Ref sequence) {
        const attributes each = of_one_step(*sequence);
        if (is_number(sequence)) return constant(graph, constant_value(*sequence), each.type, each.shape);
        if (is_op<deferred_t<view_op, Ref>>(*sequence->op) && sequence->numbers[0] < 0) {
            attributes view = each;
            for (int k = 0; k < each.shape.rank; ++k) view.numbers[k] = sequence->numbers[k + 1];
            return apply<deferred_t<view_op, Ref>>(view, sequence.input(0));
        }
        parts.sequences.push_back(sequence);
        return parts.element(parts.sequences.size() - 1);
    }

    /// Repeats the step; the carries of the new scan must be there.
    constexpr void copy_step() {
        copies = list<Ref>(scan.id);
        const std::uint64_t number = scan->bits;
        for (int id : step) {
            const node n = graph[id];
            if (n.op->is_bound && n.bits == number)
                copies[id] = parts.element(n.numbers[1] != 0 ? facts.carries + n.numbers[0] : n.numbers[0]);
            else {
                ref in[max_arity];
                for (int k = 0; k < n.op->arity; ++k) in[k] = copy(n.inputs[k]);
                copies[id] = graph.add(*n.op, n, in);
            }
        }
    }
    constexpr Ref copy(int id) const { return copies[id] ? copies[id] : Ref{&graph, id}; }
};

/// A sum over all steps of what a step makes, put together when the scan is there. A product of matrices is summed by one product of what
/// its operands were in all steps; anything else in a carry.
template <class Ref>
class sum_over_steps {
public:
    constexpr sum_over_steps() = default;
    constexpr sum_over_steps(Ref each, int outside, scan_derivative<Ref>& in) : outside_(outside), each_(each) {
        while (is_op<deferred_t<view_op, Ref>>(*each->op) && each.shape().rank == 2 && each.input(0).shape().rank == 2 &&
               is_transposed(each)) {
            turned_ = !turned_;
            each = each.input(0);
        }
        const node n = *each;
        by_product_ = !in.facts.sums_in_carries &&
                      (n.op->form == product_form::outer_products || (n.op->form == product_form::matrices && n.shape.rank == 2));
        for (int k = 0; k < 2 && by_product_; ++k) by_product_ = each.input(k).shape().rank < max_rank;
        if (by_product_) {
            product_ = each;
            for (int k = 0; k < 2; ++k) keep(each.input(k), in);
            return;
        }
        carry_ = in.parts.carries.size();
        in.parts.carries.push_back(in.zeros_like(outside));
        in.parts.next.push_back(in.parts.carry(carry_) + each_);
    }

    constexpr Ref total(Ref scan, const scan_derivative<Ref>& in) const {
        if (!by_product_) return last_carry(scan, carry_, attributes(in.graph[outside_]));
        const bool outer = product_->op->form == product_form::outer_products;
        const Ref rows[] = {in_all_steps(product_.input(0), !outer, scan, in), in_all_steps(product_.input(1), false, scan, in)};
        attributes a;
        a.numbers[0] = product_->numbers[0];
        const Ref sum = in.graph.add(info<deferred_t<sum_of_outer_products_op, Ref>>, a, rows);
        return turned_ ? swapped(sum) : sum;
    }

private:
    static constexpr bool is_transposed(Ref x) { return x->numbers[0] == 1 && x->numbers[1] == 0; }

    /// `x` with its last two axes exchanged.
    static constexpr Ref swapped(Ref x) {
        attributes a;
        const tensor_shape from = x.shape();
        for (int k = 0; k < from.rank; ++k) {
            a.numbers[k] = k < from.rank - 2 ? k : k == from.rank - 1 ? k - 1 : k + 1;
            a.shape.append(from[a.numbers[k]]);
        }
        return apply<deferred_t<view_op, Ref>>(a, x);
    }
    /// What an operand shows, behind a transposition.
    static constexpr Ref shown(Ref x) {
        return is_op<deferred_t<view_op, Ref>>(*x->op) && x.shape().rank == 2 && x.input(0).shape().rank == 2 && is_transposed(x)
                   ? x.input(0)
                   : x;
    }

    /// Makes the scan put out what an operand is in each step, unless it is an element of what the scan is given.
    constexpr void keep(Ref operand, scan_derivative<Ref>& in) {
        const Ref x = shown(operand);
        if (is_element(x, in)) return;
        for (const Ref& known : in.parts.outputs)
            if (known == x) return;
        in.parts.outputs.push_back(x);
    }
    static constexpr bool is_element(Ref x, const scan_derivative<Ref>& in) {
        return x->op->is_bound && x->bits == in.parts.number && x->numbers[1] != 0;
    }
    static constexpr Ref in_all_steps(Ref operand, bool swap, Ref scan, const scan_derivative<Ref>& in) {
        const Ref x = shown(operand);
        Ref all;
        if (is_element(x, in))
            all = in.parts.sequences[x->numbers[0]];
        else
            for (int i = 0; i < in.parts.outputs.size(); ++i)
                if (in.parts.outputs[i] == x) all = outputs_of_steps(scan, i, attributes(*x));
        return (x == operand) != swap ? all : swapped(all);
    }

    int outside_ = -1, carry_ = -1;
    Ref each_, product_;
    bool by_product_ = false, turned_ = false;
};

} // namespace ctgrad::detail

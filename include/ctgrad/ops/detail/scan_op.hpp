// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/scans.hpp>
#include <ctgrad/ops/leaf.hpp>

namespace ctgrad {

/// What changes from step to step of the scan whose number is in `bits`: carry `numbers[0]`, or where `numbers[1]` is 1 an element of that
/// sequence.
struct bound_op : leaf_op {
    static constexpr char name[] = "bound";
    static constexpr bool is_bound = true;
};

/// A list and one more value.
struct pack_op {
    static constexpr char name[] = "pack";
    static constexpr op_kind kind = op_kind::pack;
    static constexpr int arity = 2;
    static constexpr unsigned differentiable_inputs = 3;
    static constexpr inference infer(const attributes&, const attributes* const*) { return {}; }
};

/// Repeats a step (`graph/scans.hpp`). Its shape is the number of steps.
struct scan_op {
    static constexpr char name[] = "scan";
    static constexpr op_kind kind = op_kind::scan;
    static constexpr int arity = 2;
    static constexpr unsigned differentiable_inputs = 3;
    static constexpr inference infer(const attributes& asked, const attributes* const*) { return {asked}; }

    template <class Ref>
    static constexpr void pull(scan_tangents& at);
    template <class Ref>
    static constexpr void push(scan_tangents& at);
};

/// Result `numbers[0]` of a scan.
struct element_op {
    static constexpr char name[] = "element";
    static constexpr op_kind kind = op_kind::element;
    static constexpr int arity = 1;
    static constexpr unsigned differentiable_inputs = 1;
    static constexpr inference infer(const attributes& asked, const attributes* const*) { return {asked}; }
};

namespace detail {

/// `type` values of `shape`, one for each step.
constexpr attributes stacked_over(const dimension& length, const attributes& each) {
    attributes a;
    a.type = each.type;
    a.shape.append(length);
    for (int k = 0; k < each.shape.rank; ++k) a.shape.append(each.shape[k]);
    return a;
}
constexpr attributes of_one_step(const attributes& sequence) {
    attributes a;
    a.type = sequence.type;
    for (int k = 1; k < sequence.shape.rank; ++k) a.shape.append(sequence.shape[k]);
    return a;
}

template <class Pack = pack_op>
constexpr ref packed_values(const list<ref>& values) {
    ref all = values[0];
    for (int i = 1; i < values.size(); ++i) {
        const ref pair[] = {all, values[i]};
        all = all.graph->add(info<Pack>, {}, pair);
    }
    return all;
}

/// A leaf that scan `number` binds, of the dtype and shape of `like`.
constexpr attributes bound_attributes(std::uint64_t number, bool is_element, int index, const attributes& like) {
    attributes a;
    a.type = like.type;
    a.shape = like.shape;
    a.bits = number;
    a.numbers[0] = index;
    a.numbers[1] = is_element;
    a.name = is_element ? &symbol_of<"element"> : &symbol_of<"carry">;
    return a;
}
template <class Bound = bound_op>
constexpr ref bound_leaf(builder& b, const attributes& a) {
    return b.add(info<Bound>, a, nullptr);
}

/// A scan that is being put together in a builder.
template <class Ref>
struct scan_parts {
    const op_info* op = nullptr; ///< `scan_op`. What only passes scans on takes it from them, and compiles none of its derivatives.
    std::uint64_t number = 0;
    dimension length = 1;
    bool backward = false;
    bool sums_in_carries = false; ///< Its derivative keeps nothing of each step to sum it up later.
    list<Ref> carries, sequences; ///< What it is given.
    list<Ref> next, outputs;      ///< What a step makes.

    /// What stands for carry `c`, and for the element of sequence `i`, in a step.
    constexpr Ref carry(int c) const { return bound_leaf(*carries[0].graph, bound_attributes(number, false, c, *carries[c])); }
    constexpr Ref element(int i) const {
        return bound_leaf(*carries[0].graph, bound_attributes(number, true, i, of_one_step(*sequences[i])));
    }

    constexpr Ref finish() const {
        attributes a;
        a.numbers[0] = carries.size();
        a.numbers[1] = sequences.size();
        a.numbers[2] = outputs.size();
        a.numbers[3] = (backward ? 1 : 0) | (sums_in_carries ? 2 : 0);
        a.shape.append(length);
        a.bits = number;
        list<Ref> given = carries, made = next;
        for (const Ref& each : sequences) given.push_back(each);
        for (const Ref& each : outputs) made.push_back(each);
        const Ref in[] = {packed_values(given), packed_values(made)};
        return carries[0].graph->add(*op, a, in);
    }
};

template <class Element = element_op>
constexpr ref result_of_scan(ref scan, int index, attributes like) {
    like.numbers[0] = index;
    return scan.graph->add(info<Element>, like, &scan);
}
constexpr attributes plain(const attributes& full) {
    attributes a;
    a.type = full.type;
    a.shape = full.shape;
    return a;
}
/// The last value of carry `c`, its values before each step, the outputs of all steps.
template <class Ref>
constexpr Ref last_carry(Ref scan, int c, const attributes& carry) {
    return result_of_scan(scan, c, plain(carry));
}
template <class Ref>
constexpr Ref carries_before(Ref scan, int c, const attributes& carry) {
    const scan_facts facts(*scan);
    return result_of_scan(scan, facts.carry_before(c), stacked_over(facts.length, carry));
}
template <class Ref>
constexpr Ref outputs_of_steps(Ref scan, int i, const attributes& output) {
    const scan_facts facts(*scan);
    return result_of_scan(scan, facts.output(i), stacked_over(facts.length, output));
}

} // namespace detail
} // namespace ctgrad

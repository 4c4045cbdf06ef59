// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>
#include <ctgrad/core/list.hpp>
#include <ctgrad/graph/op_info.hpp>

#include <cstdint>

/// @file How a repeated step stands in a graph. The step is made of ordinary nodes over bound leaves, which stand for what changes from
/// step to step. A scan node has two inputs: what it is given (first values of its carries, then sequences) and what one step makes (next
/// values of the carries, then outputs), each list as a chain of packs. It binds the leaves that have its number in `bits`: one
/// for each carry and one for the element of each sequence along its first axis. What the step uses and no scan binds is computed once,
/// outside.

namespace ctgrad::detail {

/// What a scan node says of itself.
struct scan_facts {
    int carries = 0, sequences = 0, outputs = 0;
    bool backward = false;        ///< The last step comes first.
    bool sums_in_carries = false; ///< Its derivative keeps nothing of each step to sum it up later.
    dimension length = 1;

    constexpr scan_facts() = default;
    constexpr explicit scan_facts(const attributes& a)
        : carries(a.numbers[0]), sequences(a.numbers[1]), outputs(a.numbers[2]), backward((a.numbers[3] & 1) != 0),
          sums_in_carries((a.numbers[3] & 2) != 0), length(a.shape[0]) {}

    constexpr int given() const { return carries + sequences; }
    constexpr int made() const { return carries + outputs; }
    // Its results, by index: the last carries; the carries before each step; the outputs of all steps.
    constexpr int carry_before(int c) const { return carries + c; }
    constexpr int output(int i) const { return 2 * carries + i; }
};

/// Of `numbers[3]` of a scan whose step has left the graph: something in the step can fail.
inline constexpr int step_can_fail = 4;

/// Whether computing `n` can fail: it, or the step that it repeats, has no result for some data.
constexpr bool is_fallible(const node& n) { return n.op->can_fail || (n.op->kind == op_kind::scan && (n.numbers[3] & step_can_fail) != 0); }

/// The nodes of a chain of `count` packs' elements.
template <class Nodes>
constexpr list<int> unpacked(const Nodes& nodes, int id, int count) {
    list<int> all(count);
    for (int i = count - 1; i >= 0; --i) {
        all[i] = i > 0 ? nodes[id].inputs[1] : id;
        id = i > 0 ? nodes[id].inputs[0] : id;
    }
    return all;
}

template <class Nodes>
constexpr bool has_scans(const Nodes& nodes, int size) {
    for (int id = 0; id < size; ++id)
        if (nodes[id].op->kind == op_kind::scan) return true;
    return false;
}

/// Which scans bind leaves that a node is made of, and are not part of it: of those it is in the step.
class scopes {
public:
    template <class Nodes>
    constexpr scopes(const Nodes& nodes, int size) : free(size, 0) {
        for (int id = 0; id < size; ++id) {
            const auto& n = nodes[id];
            if (n.op->is_bound && n.bits != 0) free[id] = bit_of(n.bits);
            for (int k = 0; k < n.op->arity; ++k)
                free[id] |= n.op->kind == op_kind::scan && k == 1 ? free[n.inputs[k]] & ~bit_of(n.bits) : free[n.inputs[k]];
        }
    }

    list<std::uint64_t> free; ///< By node: scans as bits.

    constexpr bool is_outside(int id) const { return free[id] == 0; }
    /// Whether `id`, which a step of `scan` uses, is the same in all steps.
    constexpr bool is_invariant(int id, int scan) const { return (free[id] & ~free[scan]) == 0; }
    /// Whether `id` is in the step of `scan`, whose number that is, and in that of no scan inside.
    constexpr bool is_in_step(int id, int scan, std::uint64_t number) const {
        std::uint64_t inside = free[id] & ~free[scan];
        for (int i = 0; i < numbers_.size(); ++i)
            if (numbers_[i] == number) inside &= ~(std::uint64_t{1} << i);
        return inside == 0;
    }

    /// What a step of `scan` computes, inputs first. With `seen(id)` for each node that it uses from outside, once.
    template <class Nodes, class Seen>
    constexpr list<int> step_of(const Nodes& nodes, int scan, const list<int>& results, Seen seen) const {
        list<bool> wanted(scan);
        for (int r : results) wanted[r] = true;
        list<int> reversed, step;
        for (int id = scan - 1; id >= 0; --id) {
            if (!wanted[id]) continue;
            if (is_invariant(id, scan)) {
                seen(id);
                continue;
            }
            reversed.push_back(id);
            for (int k = 0; k < nodes[id].op->arity; ++k) wanted[nodes[id].inputs[k]] = true;
        }
        for (int i = reversed.size() - 1; i >= 0; --i) step.push_back(reversed[i]);
        return step;
    }

private:
    /// The bit of the scan of that number. More than 64 in one graph are none that a person writes.
    constexpr std::uint64_t bit_of(std::uint64_t number) {
        for (int i = 0; i < numbers_.size(); ++i)
            if (numbers_[i] == number) return std::uint64_t{1} << i;
        numbers_.push_back(number);
        if (numbers_.size() > 64) not_a_constant("more than 64 scans in one graph");
        return std::uint64_t{1} << (numbers_.size() - 1);
    }
    list<std::uint64_t> numbers_;
};

} // namespace ctgrad::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/extract.hpp>
#include <ctgrad/ops/detail/scan_op.hpp>

/// @file A step that is repeated is a program of its own. Here it leaves the graph that it stands in; what remains there is a scan that is
/// given first values, sequences, and what the step uses of the rest, and that nobody asks more than is used.

namespace ctgrad::detail {

/// What is used of a scan and of its step.
class used_scan {
public:
    scan_facts facts;
    list<int> given, made;
    list<int> carries, sequences; ///< Which of them the step needs, by index.
    list<int> outputs;            ///< Which results are used that are made in each step, by index among all results.
    list<int> outside;            ///< The nodes outside that the step uses, behind views of these.
    list<int> step;               ///< The nodes of the step, inputs first, with views of what is outside.

    constexpr used_scan() = default;
    /// @param is_used by node; of nodes behind the scan it says which are used.
    constexpr used_scan(graph_view g, const scopes& scope, int scan, const list<bool>& is_used)
        : facts(g[scan]), given(unpacked(g, g[scan].inputs[0], facts.given())), made(unpacked(g, g[scan].inputs[1], facts.made())), g_(g),
          scope_(&scope), scan_(scan), is_carried_(facts.carries) {
        is_carried_[0] = true; // so that there is a first value
        list<bool> used(2 * facts.carries + facts.outputs);
        for (int id = scan; id < g.size; ++id)
            if (is_used[id] && g[id].op->kind == op_kind::element && g[id].inputs[0] == scan) used[g[id].numbers[0]] = true;
        for (int r = facts.carries; r < used.size(); ++r)
            if (used[r]) outputs.push_back(r);
        for (int c = 0; c < facts.carries; ++c) is_carried_[c] = is_carried_[c] || used[c] || used[facts.carry_before(c)];
        while (find_step()) {
        }
        for (int c = 0; c < facts.carries; ++c)
            if (is_carried_[c]) carries.push_back(c);
    }

    /// The node that makes result `r` in a step, or what stands for it there.
    constexpr int made_by(int r) const { return r < 2 * facts.carries ? bound_carry(r - facts.carries) : made[r - facts.carries]; }
    constexpr bool is_own_leaf(int id) const { return g_[id].op->is_bound && g_[id].bits == g_[scan_].bits; }
    /// The nodes that it is given: carries, sequences, what is the same in all steps.
    constexpr list<int> operands() const {
        list<int> all;
        for (int c : carries) all.push_back(given[c]);
        for (int i : sequences) all.push_back(given[facts.carries + i]);
        for (int id : outside) all.push_back(id);
        return all;
    }
    /// Where among them is what its own leaf stands for.
    constexpr int place_of_leaf(const node& leaf) const {
        const list<int>& among = leaf.numbers[1] != 0 ? sequences : carries;
        for (int i = 0; i < among.size(); ++i)
            if (among[i] == leaf.numbers[0]) return leaf.numbers[1] != 0 ? carries.size() + i : i;
        return -1;
    }
    /// Where result `r` is among those that are used.
    constexpr int place_of(int r) const {
        const list<int>& among = r < facts.carries ? carries : outputs;
        for (int i = 0; i < among.size(); ++i)
            if (among[i] == r) return r < facts.carries ? i : carries.size() + i;
        return -1;
    }

private:
    graph_view g_;
    const scopes* scope_ = nullptr;
    int scan_ = -1;
    list<bool> is_carried_;

    /// Whether a step may as well make it itself: it is not computed.
    static constexpr bool is_free(op_kind kind) {
        return kind == op_kind::view || kind == op_kind::reshape || kind == op_kind::constant || kind == op_kind::size ||
               kind == op_kind::coordinate;
    }

    /// The leaf that stands for carry `c`, if the step uses it.
    constexpr int bound_carry(int c) const {
        for (int id = 0; id < scan_; ++id)
            if (is_own_leaf(id) && g_[id].numbers[0] == c && g_[id].numbers[1] == 0 && g_[id].shape == g_[given[c]].shape) return id;
        return -1;
    }

    /// Finds the step that makes the carries and the outputs. @returns whether it needs a carry more.
    constexpr bool find_step() {
        list<bool> wanted(scan_);
        auto want = [&](int id) {
            if (id >= 0) wanted[id] = true;
        };
        for (int c = 0; c < facts.carries; ++c)
            if (is_carried_[c]) want(made[c]);
        for (int r : outputs) want(made_by(r));
        step.clear();
        outside.clear();
        list<bool> elements(facts.sequences);
        bool more = false;
        list<int> reversed;
        for (int id = scan_ - 1; id >= 0; --id) {
            if (!wanted[id]) continue;
            const node& n = g_[id];
            if (scope_->is_invariant(id, scan_) && !is_free(n.op->kind)) {
                outside.push_back(id);
                continue;
            }
            reversed.push_back(id);
            for (int k = 0; k < n.op->arity; ++k) wanted[n.inputs[k]] = true;
            if (!is_own_leaf(id)) continue;
            if (n.numbers[1] != 0)
                elements[n.numbers[0]] = true;
            else if (!is_carried_[n.numbers[0]])
                is_carried_[n.numbers[0]] = more = true;
        }
        for (int i = reversed.size() - 1; i >= 0; --i) step.push_back(reversed[i]);
        sequences.clear();
        for (int i = 0; i < facts.sequences; ++i)
            if (elements[i]) sequences.push_back(i);
        return more;
    }
};

/// What the results of a graph use of its nodes, and of its scans.
class used_nodes {
public:
    list<bool> is_used;

    constexpr explicit used_nodes(graph_view g) : is_used(g.size), scope_(g, g.size), place_(g.size, -1) {
        for (int r = 0; r < g.root_count; ++r) is_used[g.roots[r]] = true;
        for (int id = g.size - 1; id >= 0; --id) {
            if (!is_used[id]) continue;
            if (g[id].op->kind != op_kind::scan) {
                for (int k = 0; k < g[id].op->arity; ++k) is_used[g[id].inputs[k]] = true;
                continue;
            }
            place_[id] = scans_.size();
            scans_.push_back(used_scan(g, scope_, id, is_used));
            for (int operand : scans_.back().operands()) is_used[operand] = true;
        }
    }
    constexpr const used_scan& scan(int id) const { return scans_[place_[id]]; }

private:
    scopes scope_;
    list<int> place_;
    list<used_scan> scans_;
};

/// What the step of a program is given at place `place`, as a leaf.
constexpr node given_leaf(const attributes& like, int place, const op_info& bound) {
    node leaf;
    leaf.type = like.type;
    leaf.shape = like.shape;
    leaf.numbers[0] = place;
    leaf.name = &symbol_of<"given">;
    leaf.op = &bound;
    return leaf;
}

/// The step of scan `scan` as a graph: its leaves what it is given (`numbers[0]`: which), its roots the carries and the outputs that are
/// used.
constexpr draft_graph step_graph(graph_view g, int scan, const op_info& bound) {
    const used_nodes all(g);
    const used_scan& used = all.scan(scan);
    draft_graph out;
    list<std::int16_t> place(scan, std::int16_t{-1});
    auto add = [&](const node& n) {
        out.nodes.push_back(n);
        return static_cast<std::int16_t>(out.nodes.size() - 1);
    };
    const int first = used.carries.size() + used.sequences.size();
    for (int i = 0; i < used.outside.size(); ++i) place[used.outside[i]] = add(given_leaf(g[used.outside[i]], first + i, bound));
    for (int id : used.step) {
        node n = g[id];
        if (used.is_own_leaf(id))
            n = given_leaf(n, used.place_of_leaf(n), bound);
        else
            for (int k = 0; k < n.op->arity; ++k) n.inputs[k] = place[n.inputs[k]];
        place[id] = add(n);
    }
    for (int c : used.carries) out.roots.push_back(place[used.made[c]]);
    for (int r : used.outputs) {
        const int id = used.made_by(r), c = r - used.facts.carries;
        out.roots.push_back(id >= 0 ? place[id]
                                    : add(given_leaf(g[used.given[c]], used.place_of(c), bound))); // a carry that the step does not use
    }
    return out;
}

/// `g` with scans that are given all that their steps use, and without the steps. Of such a scan, `numbers` are how many carries,
/// sequences, outputs there are, how it runs, where it stood in `g`, and how many operands it has in all; its results are the last
/// carries, then the outputs.
constexpr draft_graph without_steps(graph_view g, const op_info& pack) {
    const used_nodes used(g);
    draft_graph out;
    list<std::int16_t> place(g.size, std::int16_t{-1});
    auto add = [&](const node& n) {
        out.nodes.push_back(n);
        return static_cast<std::int16_t>(out.nodes.size() - 1);
    };
    for (int id = 0; id < g.size; ++id) {
        if (!used.is_used[id]) continue;
        node n = g[id];
        if (n.op->kind == op_kind::scan) {
            const used_scan& scan = used.scan(id);
            const list<int> operands = scan.operands();
            std::int16_t all = place[operands[0]];
            for (int i = 1; i < operands.size(); ++i) {
                node pair;
                pair.op = &pack;
                pair.inputs[0] = all;
                pair.inputs[1] = place[operands[i]];
                all = add(pair);
            }
            n.numbers[0] = scan.carries.size();
            n.numbers[1] = scan.sequences.size();
            n.numbers[2] = scan.outputs.size();
            for (int each : scan.step)
                if (g[each].op->can_fail) n.numbers[3] |= step_can_fail;
            n.numbers[4] = id;
            n.numbers[5] = operands.size();
            n.inputs[0] = n.inputs[1] = all;
        } else {
            if (n.op->kind == op_kind::element) n.numbers[0] = used.scan(n.inputs[0]).place_of(n.numbers[0]);
            for (int k = 0; k < n.op->arity; ++k) n.inputs[k] = place[n.inputs[k]];
        }
        place[id] = add(n);
    }
    for (int r = 0; r < g.root_count; ++r) out.roots.push_back(place[g.roots[r]]);
    return out;
}

} // namespace ctgrad::detail

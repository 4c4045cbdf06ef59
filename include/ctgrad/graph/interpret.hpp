// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>
#include <ctgrad/core/list.hpp>
#include <ctgrad/graph/constant.hpp>
#include <ctgrad/graph/scans.hpp>

#include <cstdint>

namespace ctgrad {

/// The elements of a tensor, row-major. Doubles hold every dtype exactly.
using value_list = list<double>;

/// What a graph is evaluated on: the size of each named dimension and the elements of each leaf.
struct interpreter_input {
    struct named_size {
        const symbol* name;
        std::int64_t size;
    };
    struct leaf {
        const symbol* name;
        value_list values;
        std::uint64_t hash = 0; ///< Of the node, where leaves of a graph share a name: a variable and its slots.
    };
    list<named_size> sizes;
    list<leaf> leaves;

    constexpr std::int64_t size_of(const dimension& d) const {
        if (d.is_static()) return d.extent;
        for (const named_size& s : sizes)
            if (*s.name == *d.name) return s.size;
        fail("a named dimension has no size");
    }
    constexpr const value_list& values_of(const node& n) const {
        for (const leaf& l : leaves)
            if (l.hash == 0 ? *l.name == *n.name : l.hash == n.hash) return l.values;
        fail("a leaf has no values");
    }
};

/// The meaning of graphs: evaluates any graph slowly and plainly, also in constant evaluation. The
/// generated code is tested against it. Each element is computed in double and rounded to its dtype.
class interpreter {
public:
    constexpr interpreter(graph_view g, const interpreter_input& input)
        : graph_(g), input_(input), values_(g.size), scopes_(g, g.size), results_(g.size) {
        for (int id = 0; id < g.size; ++id)
            if (scopes_.is_outside(id)) make(id);
    }

    /// The elements of result `i`.
    constexpr const value_list& result(int i = 0) const { return values_[graph_.roots[i]]; }

private:
    constexpr void make(int id) {
        const node& n = graph_[id];
        if (n.op->kind == op_kind::pack) return;
        if (n.op->kind == op_kind::scan) return repeat(id);
        if (n.op->kind == op_kind::element) {
            values_[id] = results_[n.inputs[0]][n.numbers[0]];
            return;
        }
        values_[id] = value_list(static_cast<int>(tensor(id).size()));
        compute(n, values_[id], id);
        for (double& v : values_[id]) v = rounded(n.type, v);
    }

    /// All steps of a scan, one after the other.
    constexpr void repeat(int id) {
        const node& n = graph_[id];
        const detail::scan_facts facts(n);
        const list<int> given = detail::unpacked(graph_, n.inputs[0], facts.given()),
                        made = detail::unpacked(graph_, n.inputs[1], facts.made());
        const list<int> step = scopes_.step_of(graph_, id, made, [](int) {});
        const int length = static_cast<int>(input_.size_of(facts.length));
        list<value_list>& results = results_[id];
        results = list<value_list>(2 * facts.carries + facts.outputs);
        for (int c = 0; c < facts.carries; ++c) results[c] = values_[given[c]];
        for (int t = 0; t < length; ++t) {
            const int at = facts.backward ? length - 1 - t : t;
            for (int each : step) {
                const node& s = graph_[each];
                if (!scopes_.is_in_step(each, id, n.bits)) continue;
                if (!s.op->is_bound || s.bits != n.bits)
                    make(each);
                else if (s.numbers[1] == 0)
                    values_[each] = results[s.numbers[0]];
                else
                    values_[each] = part(values_[given[facts.carries + s.numbers[0]]], at, length);
            }
            for (int c = 0; c < facts.carries; ++c) put(results[facts.carry_before(c)], results[c], at, length);
            for (int i = 0; i < facts.outputs; ++i) put(results[facts.output(i)], values_[made[facts.carries + i]], at, length);
            for (int c = 0; c < facts.carries; ++c) results[c] = values_[made[c]];
        }
    }
    static constexpr value_list part(const value_list& whole, int at, int count) {
        value_list out(whole.size() / count);
        for (int i = 0; i < out.size(); ++i) out[i] = whole[at * out.size() + i];
        return out;
    }
    static constexpr void put(value_list& whole, const value_list& each, int at, int count) {
        if (whole.empty()) whole = value_list(each.size() * count);
        for (int i = 0; i < each.size(); ++i) whole[at * each.size() + i] = each[i];
    }

    constexpr strided<const double> tensor(int id) const {
        std::int64_t extent[max_rank]{};
        const tensor_shape& shape = graph_[id].shape;
        for (int k = 0; k < shape.rank; ++k) extent[k] = input_.size_of(shape[k]);
        return contiguous<const double>(values_[id].data(), shape.rank, extent);
    }

    constexpr void compute(const node& n, value_list& out, int id) const {
        strided<const double> in[max_arity];
        for (int k = 0; k < n.op->arity; ++k) in[k] = tensor(n.inputs[k]);
        const strided<const double> shape = tensor(id);
        const strided<double> to = contiguous(out.data(), shape.rank, shape.extent);
        switch (n.op->kind) {
        case op_kind::leaf: out = input_.values_of(n); break;
        case op_kind::constant:
            for (double& v : out) v = constant_value(n);
            break;
        case op_kind::size: out[0] = static_cast<double>(input_.size_of(dimension(*n.name))); break;
        case op_kind::coordinate:
            for_each_index(to.rank, to.extent, [&](const std::int64_t* i) { to.at(i) = static_cast<double>(i[n.numbers[0]]); });
            break;
        case op_kind::elementwise:
            for (int i = 0; i < out.size(); ++i) {
                double x[max_arity]{};
                for (int k = 0; k < n.op->arity; ++k) x[k] = in[k].data[i];
                out[i] = n.op->element(x);
            }
            break;
        case op_kind::reduction: reduce(n, in[0], to); break;
        case op_kind::view: {
            access a = access::identity(to.rank);
            n.op->map_axes(n, a);
            for_each_index(to.rank, to.extent, [&](const std::int64_t* i) {
                std::int64_t from[max_rank]{};
                for (int k = 0; k < in[0].rank; ++k) from[k] = a.begin[k];
                for (int k = 0; k < to.rank; ++k)
                    if (a.axis[k] >= 0) from[a.axis[k]] += a.step[k] * i[k];
                to.at(i) = in[0].at(from);
            });
            break;
        }
        case op_kind::reshape: out = values_[n.inputs[0]]; break;
        case op_kind::contraction:
        case op_kind::general:
            if (lacks_elements(n, in[0])) fail("evaluate: an axis is empty that an op has no answer for");
            n.op->evaluate(n, to, in);
            break;
        default: break;
        }
    }

    static constexpr bool lacks_elements(const node& n, const strided<const double>& in) {
        for (int k = 0; k < in.rank; ++k)
            if ((n.op->nonempty_axes(n) >> k & 1u) != 0 && in.extent[k] == 0) return true;
        return false;
    }

    static constexpr void reduce(const node& n, const strided<const double>& in, const strided<double>& out) {
        const unsigned axes = static_cast<unsigned>(n.numbers[0]);
        for_each_index(out.rank, out.extent, [&](const std::int64_t* i) { out.at(i) = n.op->identity; });
        for_each_index(in.rank, in.extent, [&](const std::int64_t* i) {
            std::int64_t kept[max_rank]{};
            int next = 0;
            for (int k = 0; k < in.rank; ++k)
                if ((axes >> k & 1u) == 0) kept[next++] = i[k];
            const double pair[max_arity] = {out.at(kept), in.at(i)};
            out.at(kept) = n.op->element(pair);
        });
    }

    graph_view graph_;
    const interpreter_input& input_;
    list<value_list> values_;
    detail::scopes scopes_;
    list<list<value_list>> results_; ///< Of scans.
};

} // namespace ctgrad

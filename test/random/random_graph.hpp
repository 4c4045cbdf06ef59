// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ctgrad.hpp>

namespace random_test {

namespace ct = ctgrad;

/// A small generator for constant evaluation (SplitMix64).
struct dice {
    std::uint64_t state;
    constexpr int below(int n) {
        state = ct::hash_combine(state, 1);
        return static_cast<int>((state >> 33) % static_cast<std::uint64_t>(n));
    }
};

inline constexpr ct::dimension rows = ct::dim<"rows">;
inline constexpr ct::dimension width = ct::dim<"width">;

/// Grows a graph by throwing dice: each step picks an op and nodes that fit it.
class grower {
public:
    /// `joins`: mostly slices, pads and what stands side by side, and arithmetic on it.
    constexpr grower(ct::builder& into, std::uint64_t seed, ct::dtype type, bool joins)
        : made_(into), roll_{seed}, type_(type), joins_(joins) {
        add_leaf(ct::symbol_of<"a">, ct::shape(rows, 5));
        add_leaf(ct::symbol_of<"b">, ct::shape(5));
        add_leaf(ct::symbol_of<"c">, ct::shape(rows, width));
        add_leaf(ct::symbol_of<"d">, ct::shape(width, 3));
        add_leaf(ct::symbol_of<"e">, ct::shape());
        leaves_ = nodes_.size();
    }

    constexpr ct::list<ct::ref> grow(int steps, bool with_updates) {
        for (int i = 0; i < steps; ++i) step();
        ct::list<ct::ref> results;
        results.push_back(nodes_[nodes_.size() - 1]);
        results.push_back(nodes_[leaves_ + roll_.below(nodes_.size() - leaves_)]);
        if (!with_updates) return results;
        const ct::ref targets[] = {nodes_[roll_.below(2)], nodes_[2 + roll_.below(3)]};
        for (const ct::ref& target : targets) results.push_back(new_value(target));
        for (const ct::ref& target : targets) results.push_back(target);
        return results;
    }

private:
    constexpr void add_leaf(const ct::symbol& name, ct::tensor_shape shape) {
        ct::attributes a;
        a.type = type_;
        a.shape = shape;
        a.name = &name;
        nodes_.push_back(made_.add(ct::info<ct::placeholder_op>, a, nullptr));
    }

    /// Of what has its shape: the youngest, or a step towards that; or one of any such.
    constexpr ct::ref new_value(ct::ref target) {
        ct::list<ct::ref> alike;
        for (const ct::ref& x : nodes_)
            if (x.shape() == target.shape()) alike.push_back(x);
        const ct::ref youngest = alike[alike.size() - 1], chosen = alike[roll_.below(alike.size())];
        switch (roll_.below(4)) {
        case 0: return youngest * 0.5;
        case 1: return chosen * nodes_[leaves_ - 1] + 0.125;
        default: return target - (youngest + chosen) * 0.25;
        }
    }

    constexpr ct::ref any() { return nodes_[roll_.below(nodes_.size())]; }
    /// A leaf: what decides discontinuously must not depend on the last bit of a computed value.
    constexpr ct::ref leaf() { return nodes_[roll_.below(leaves_)]; }

    constexpr void step() {
        // One after the other: the order of arguments would be the compiler's choice.
        const ct::ref x = any();
        const ct::ref y = any();
        const ct::ref decider = leaf();
        const int way = roll_.below(4);
        const int rank = x.shape().rank;
        constexpr int beside[] = {7, 9, 15, 16, 19};
        switch (joins_ && roll_.below(4) != 0 ? beside[roll_.below(5)] : roll_.below(24)) {
        case 0: return keep(ct::apply<ct::tanh_op>(x));
        case 1: return keep(ct::apply<ct::exp_op>(ct::apply<ct::tanh_op>(x)));
        case 2: return keep(ct::apply<ct::log_op>(ct::apply<ct::square_op>(x) + 0.5));
        case 3: return keep(ct::apply<ct::sigmoid_op>(x));
        case 4: return keep(ct::apply<ct::sin_op>(x) - ct::apply<ct::cos_op>(x));
        case 5: return keep(ct::apply<ct::abs_op>(x) * 0.25);
        case 6: return keep(ct::apply<ct::softplus_op>(x));
        case 7:
        case 8: return both(x, y, way);
        case 9:
        case 10: return reduce(x);
        case 11: return transpose(x);
        case 12: return matmul(x, y);
        case 13: return choose(decider, x, y);
        case 14: return rank > 0 ? keep(widened(x)) : void();
        case 15: return slice(x);
        case 16: return concat(x);
        case 17: return reshape(x);
        case 18: return gather(x);
        case 19: return pad(x);
        case 20: return scatter(x);
        case 21: return one_hot(x);
        case 22: return computed_rows(x);
        default: return keep(ct::apply<ct::square_op>(x) * 0.125 - x);
        }
    }

    constexpr void keep(ct::ref x) {
        if (x) nodes_.push_back(x);
    }

    constexpr void both(ct::ref x, ct::ref y, int op) {
        if (ct::broadcast(x.shape(), y.shape()).found != ct::fault::none) return;
        if (op == 0) return keep(x + y);
        if (op == 1) return keep(x * y);
        if (op == 2) return keep(x - y);
        keep(x / (ct::apply<ct::square_op>(y) + 1.0));
    }

    constexpr void reduce(ct::ref x) {
        if (x.shape().rank == 0) return;
        ct::attributes a;
        a.numbers[0] = 1 + roll_.below((1 << x.shape().rank) - 1);
        switch (roll_.below(4)) {
        case 0: return keep(ct::apply<ct::reduce_max_op>(a, x));
        case 1: return keep(ct::apply<ct::reduce_min_op>(a, x));
        case 2: return keep(ct::apply<ct::reduce_prod_op>(a, ct::apply<ct::tanh_op>(x)));
        default: return keep(ct::apply<ct::reduce_sum_op>(a, x));
        }
    }

    constexpr void transpose(ct::ref x) {
        if (x.shape().rank >= 2) keep(ct::matmul_op::transposed(x));
    }

    constexpr void matmul(ct::ref x, ct::ref y) {
        if (ct::matmul_shape(x.shape(), y.shape()).found == ct::fault::none) return keep(ct::apply<ct::matmul_op>(ct::attributes{}, x, y));
        if (x.shape().rank < 2) return;
        keep(ct::apply<ct::matmul_op>(ct::attributes{}, ct::matmul_op::transposed(x), x));
    }

    constexpr void choose(ct::ref condition, ct::ref x, ct::ref y) {
        const ct::attributes* const operands[] = {&*condition, &*x, &*y};
        const auto common = ct::common_shape(operands, 3);
        if (common.found == ct::fault::none) keep(ct::apply<ct::where_op>(condition > 0.0, x, y));
    }

    constexpr ct::ref widened(ct::ref x) {
        ct::attributes a = *x;
        a.name = nullptr;
        if (a.shape.rank >= 4) return {};
        for (int k = 0; k < a.shape.rank; ++k) a.numbers[k] = k;
        a.numbers[a.shape.rank] = -1;
        a.shape.append(roll_.below(2) ? ct::dimension(1) : width);
        return ct::apply<ct::view_op>(a, x);
    }

    /// A box of x: along some static axes it begins and ends anywhere.
    constexpr void slice(ct::ref x) {
        ct::attributes box;
        box.shape = x.shape();
        bool cuts = false;
        for (int k = 0; k < box.shape.rank; ++k) {
            if (!box.shape[k].is_static() || box.shape[k].extent < 2 || roll_.below(3) == 0) continue;
            const int extent = static_cast<int>(box.shape[k].extent);
            box.numbers[k] = roll_.below(extent);
            box.shape[k] = 1 + roll_.below(extent - box.numbers[k]);
            cuts = true;
        }
        if (cuts) keep(ct::apply<ct::slice_op>(box, x));
    }

    constexpr void pad(ct::ref x) {
        ct::attributes box;
        box.shape = x.shape();
        for (int k = 0; k < box.shape.rank; ++k) {
            if (!box.shape[k].is_static() || box.shape[k].extent > 12) continue;
            box.numbers[k] = roll_.below(3);
            box.shape[k] = box.shape[k].extent + box.numbers[k] + roll_.below(2);
        }
        keep(ct::apply<ct::pad_op>(box, x));
    }

    constexpr void concat(ct::ref x) {
        const int first = x.shape().rank ? roll_.below(x.shape().rank) : 0;
        for (int i = 0; i < x.shape().rank; ++i) {
            const int k = (first + i) % x.shape().rank;
            if (!x.shape()[k].is_static() || x.shape()[k].extent >= 20) continue;
            ct::attributes along;
            along.numbers[0] = k;
            return keep(ct::apply<ct::concat_op>(along, x, fitting(x, k)));
        }
    }
    /// What differs from x in the extent of axis `axis` alone, or something made of x.
    constexpr ct::ref fitting(ct::ref x, int axis) {
        for (int i = 0; i < 4; ++i) {
            const ct::ref y = any();
            ct::tensor_shape s = y.shape();
            if (s.rank != x.shape().rank || !s[axis].is_static()) continue;
            s[axis] = x.shape()[axis];
            if (s == x.shape()) return y;
        }
        return ct::apply<ct::sin_op>(x);
    }

    /// The dimensions the other way round, or two static ones as one.
    constexpr void reshape(ct::ref x) {
        ct::attributes to;
        const bool turns = roll_.below(2) == 0;
        for (int i = 0; i < x.shape().rank; ++i) {
            const ct::dimension d = x.shape()[turns ? x.shape().rank - 1 - i : i];
            const int last = to.shape.rank - 1;
            if (last >= 0 && d.is_static() && to.shape[last].is_static() && roll_.below(2))
                to.shape[last] = to.shape[last].extent * d.extent;
            else
                to.shape.append(d);
        }
        keep(ct::apply<ct::reshape_op>(to, x));
    }

    constexpr ct::ref positions(const ct::tensor_shape& shape, int axis) {
        const ct::attributes a{.type = ct::dtype::int32, .shape = shape, .numbers = {axis}};
        return made_.add(ct::info<ct::coordinate_op>, a, nullptr);
    }

    /// Sums of the rows of x by positions that are computed, the last of them outside of the table.
    constexpr void scatter(ct::ref x) {
        if (x.shape().rank == 0) return;
        ct::tensor_shape leading;
        leading.append(x.shape()[0]);
        ct::attributes table;
        table.shape = x.shape();
        table.shape[0] = 2;
        keep(ct::apply<ct::scatter_sum_op>(table, x, positions(leading, 0)));
    }

    /// Rows of x by positions that are computed, before the first one and behind the last one too.
    constexpr void computed_rows(ct::ref x) {
        if (x.shape().rank == 0 || x.shape().rank > 4) return;
        const ct::tensor_shape four = ct::shape(4);
        const ct::ref at = ct::apply<ct::subtract_op>(positions(four, 0), ct::constant(made_, 1, ct::dtype::int32, four));
        keep(ct::apply<ct::gather_op>(ct::attributes{}, x, at));
    }

    /// 1 where a leaf is largest along an axis.
    constexpr void one_hot(ct::ref x) {
        const ct::ref scores = leaf();
        if (scores.shape().rank == 0) return;
        ct::attributes axis, type;
        axis.numbers[0] = roll_.below(scores.shape().rank);
        type.type = type_;
        const ct::ref place = ct::spread(ct::apply<ct::argmax_op>(axis, scores), scores.shape(), {1u << axis.numbers[0]});
        const ct::ref hot = ct::apply<ct::cast_op>(type, ct::apply<ct::equal_op>(positions(scores.shape(), axis.numbers[0]), place));
        both(hot, x, 1);
        keep(hot);
    }

    /// Rows of x chosen by where the largest elements of a leaf are.
    constexpr void gather(ct::ref x) {
        const ct::ref scores = leaf();
        if (x.shape().rank == 0 || scores.shape().rank == 0 || x.shape().rank + scores.shape().rank > 6) return;
        ct::attributes axis;
        axis.numbers[0] = roll_.below(scores.shape().rank);
        keep(ct::apply<ct::gather_op>(ct::attributes{}, x, ct::apply<ct::argmax_op>(axis, scores)));
    }

    ct::builder& made_;
    dice roll_;
    ct::dtype type_;
    bool joins_;
    ct::list<ct::ref> nodes_;
    int leaves_ = 0;
};

constexpr ct::dtype type_of(std::uint64_t seed) { return seed % 4 == 3 ? ct::dtype::float32 : ct::dtype::float64; }

/// From this seed on, two leaves get new values.
inline constexpr std::uint64_t first_with_updates = 512;
/// From this seed on, most is joined.
inline constexpr std::uint64_t first_with_joins = 576;

/// The graph of a seed: with the simplifier at work, or as the dice fell.
constexpr ct::draft_graph random_graph(std::uint64_t seed, bool simplified) {
    ct::builder made;
    const ct::list<ct::ref> plain =
        grower(made, seed, type_of(seed), seed >= first_with_joins).grow(8 + static_cast<int>(seed % 7), seed >= first_with_updates);
    if (!simplified) return ct::extract(made, plain);
    const ct::draft_graph draft = ct::extract(made, plain);
    ct::builder better(ct::simplify);
    ct::list<ct::ref> copies, roots;
    for (const ct::node& n : draft.nodes) {
        ct::ref in[ct::max_arity];
        for (int k = 0; k < n.op->arity; ++k) in[k] = copies[n.inputs[k]];
        copies.push_back(better.add(*n.op, n, in));
    }
    for (std::int16_t r : draft.roots) roots.push_back(copies[r]);
    return ct::extract(better, roots);
}

template <std::uint64_t Seed>
struct make_random {
    constexpr ct::draft_graph operator()() const { return random_graph(Seed, Seed % 2 == 0); }
};

} // namespace random_test

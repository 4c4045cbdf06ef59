// SPDX-License-Identifier: BSL-1.0

#include "influence.hpp"

#include <map>

// Zero stays zero: what a loss does not use gets a gradient of exactly 0, whatever its numbers are.

namespace {

using namespace fuzz;

constexpr const char* shield_names[] = {"where",  "where else", "relu",   "maximum", "minimum",         "clip",       "slice",
                                        "gather", "scatter",    "argmax", "product", "multiply_no_nan", "reduce_max", "reduce_min"};
constexpr int shield_count = static_cast<int>(std::size(shield_names));

/// `u` behind something that lets only part of it through; or none if it does not fit.
ref shielded(pool& from, ref u, int kind) {
    ct::builder& made = from.graph();
    dice& roll = from.roll();
    const tensor_shape s = u.shape();
    const auto mask = [&] { return from.leaf(dtype::boolean, s, false); };
    const auto large = [&] { return ct::constant(made, roll.one_in(2) ? 2 : 1e6, u->type, s); };
    switch (kind) {
    case 0: return ct::where(mask(), u, ct::constant(made, 0.0, u->type));
    case 1: return ct::where(mask(), from.leaf(u->type, s, false), u);
    case 2: return ct::apply<ct::relu_op>(u);
    case 3: return ct::apply<ct::maximum_op>(u, large());
    case 4: return ct::apply<ct::minimum_op>(-large(), u);
    case 5: return ct::apply<ct::minimum_op>(ct::apply<ct::maximum_op>(u, -large()), large());
    case 6: {
        attributes box;
        box.shape = s;
        for (int k = 0; k < s.rank; ++k)
            if (s[k].is_static() && s[k].extent > 1) {
                box.shape[k] = roll.between(1, static_cast<int>(s[k].extent) - 1);
                box.numbers[k] = roll.below(static_cast<int>(s[k].extent - box.shape[k].extent) + 1);
                return ct::apply<ct::slice_op>(box, u);
            }
        return {};
    }
    case 7: return s.rank ? ct::apply<ct::gather_op>(attributes{}, u, from.number(roll.below(2), dtype::int32, ct::shape(2))) : ref{};
    case 8: {
        if (s.rank == 0) return {};
        attributes table;
        table.shape = s;
        table.shape[0] = 2;
        return ct::apply<ct::scatter_sum_op>(table, u, from.leaf(dtype::int32, ct::shape(s[0]), false));
    }
    case 9: {
        if (s.rank == 0) return {};
        attributes axis;
        axis.numbers[0] = roll.below(s.rank);
        const ref best = ct::apply<ct::argmax_op>(axis, from.leaf(u->type, s, false));
        const ref hot = ct::apply<ct::equal_op>(from.coordinate(s, axis.numbers[0]), ct::spread(best, s, {1u << axis.numbers[0]}));
        return ct::where(hot, u, ct::constant(made, 0.0, u->type));
    }
    case 10: return u * pool::cast(mask(), u->type);
    case 11: return ct::apply<ct::multiply_no_nan_op>(u, pool::cast(mask(), u->type));
    case 12: return s.rank ? pool::reduce<ct::reduce_max_op>(u, roll.between(1, (1 << s.rank) - 1)) : ref{};
    default: return s.rank ? pool::reduce<ct::reduce_min_op>(u, roll.between(1, (1 << s.rank) - 1)) : ref{};
    }
}

/// x, something computed from it, a shield, and more behind that.
struct scene {
    ct::draft_graph graph; ///< Results: the loss.
    const ct::symbol* x = nullptr;
    const char* shield = nullptr;
};

scene make_scene(std::uint64_t seed, sizes of) {
    ct::builder made;
    grower plant(made, seed, {false, false}, of);
    dice& roll = plant.roll();
    const ref x = plant.floats()[0];
    scene out;
    out.x = x->name;
    if (x.shape().rank == 0 || plant.size_of(x.shape()) > 16) return out;
    plant.keep_only(x);
    plant.grow(roll.between(1, 4));
    const ref u = plant.floats().back();
    const int kind = roll.below(shield_count);
    out.shield = shield_names[kind];
    const ref v = shielded(plant, u, kind);
    if (!v || !plant.fits(v.shape())) return out;
    plant.keep_only(v);
    plant.become_tame();
    plant.grow(roll.below(4));
    out.graph = ct::extract(made, listed(readout(plant.any_result(), 0.4)));
    return out;
}

ref leaf_named(ct::builder& b, const ct::symbol* name) {
    for (int id = 0; id < b.size(); ++id)
        if (b[id].op->kind == ct::op_kind::leaf && b[id].name == name) return {&b, id};
    return {};
}

/// Which elements of x the loss does not depend on.
std::vector<bool> unused(const scene& s, ct::interpreter_input in, bool second) {
    ct::builder made;
    const ref loss = copied(s.graph.view(), made, [](ref r) { return r; })[0];
    const ref x = leaf_named(made, s.x);
    attributes a = *x;
    a.name = &ct::symbol_of<"marks">;
    const ref marks = made.add(ct::info<ct::placeholder_op>, a, nullptr);
    const influence ways(made, x, marks, second);
    ct::interpreter_input::leaf* values = nullptr;
    in.leaves.push_back({a.name, {}});
    std::vector<bool> out;
    int size = 0;
    for (auto& l : in.leaves)
        if (l.name == s.x) size = l.values.size();
    values = &in.leaves.back();
    if (!ways.on(loss)) return std::vector<bool>(static_cast<std::size_t>(size), true);
    const ct::draft_graph way = ct::extract(made, listed(ways.on(loss)));
    for (int e = 0; e < size; ++e) {
        values->values = ct::value_list(size, 0.0);
        values->values[e] = 1;
        out.push_back(ct::interpreter(way.view(), in).result()[0] == 0);
    }
    return out;
}

struct counts {
    long graphs = 0, elements = 0;
    std::map<std::string, long> shields, failures;
};

std::string check(std::uint64_t seed, int order, counts& seen) {
    const sizes of{2, 3};
    const scene s = make_scene(seed, of);
    if (s.graph.nodes.size() == 0) return {};
    dice roll(seed);
    ct::interpreter_input in = input_for(s.graph.view(), roll, values::benign, of);
    bool found = false;
    for (auto& l : in.leaves)
        if (l.name == s.x) {
            found = true;
            for (double& v : l.values) v = roll.one_in(4) ? std::numeric_limits<double>::quiet_NaN() : any_number(roll, values::hostile);
        }
    if (!found || !std::isfinite(ct::interpreter(s.graph.view(), in).result()[0])) return {};
    const std::vector<bool> zero = unused(s, in, order == 2);
    ++seen.graphs;
    ++seen.shields[s.shield];
    for (const bool simplifies : {false, true}) {
        ct::builder made = simplifies ? ct::builder(ct::simplify) : ct::builder();
        ref loss = copied(s.graph.view(), made, [](ref r) { return r; })[0];
        const ref x = leaf_named(made, s.x);
        if (!x) continue;
        for (int i = 1; i < order && loss; ++i) {
            const ref g = ct::differentiate(loss, listed(x))[0];
            loss = g ? readout(g, 0.9) : g;
        }
        const ref gradient = loss && x.id <= loss.id ? ct::differentiate(loss, listed(x))[0] : ref{};
        if (!gradient) continue;
        const ct::draft_graph g = ct::extract(made, listed(gradient));
        const ct::value_list got = ct::interpreter(g.view(), in).result();
        for (int e = 0; e < got.size(); ++e) {
            if (!zero[static_cast<std::size_t>(e)]) continue;
            ++seen.elements;
            if (got[e] == 0) continue;
            ++seen.failures[s.shield];
            return std::string(s.shield) + (simplifies ? ", simplified" : ", as written") + ", order " + std::to_string(order) +
                   ": the gradient to element " + std::to_string(e) + " of " + std::string(s.x->text) + ", which is not used, is " +
                   shown(got[e]) + "\n" + shown(s.graph.view(), in) + "gradient:\n" + ct::to_string(g.view());
        }
    }
    return {};
}

void run(std::uint64_t count, int order) {
    counts seen;
    for_seeds(count, [&](std::uint64_t seed) { return check(seed, order, seen); });
    std::string text;
    for (const auto& [name, times] : seen.shields)
        text.append(" ").append(name).append(":").append(std::to_string(times)).append("/").append(std::to_string(seen.failures[name]));
    BOOST_TEST_MESSAGE(seen.graphs << " graphs, " << seen.elements << " elements that must be 0; shields/failures:" << text);
}

} // namespace

BOOST_AUTO_TEST_SUITE(fuzz_shields)

BOOST_AUTO_TEST_CASE(what_is_not_used_gets_a_gradient_of_0) { run(20000, 1); }
BOOST_AUTO_TEST_CASE(what_is_not_used_gets_a_second_gradient_of_0) { run(10000, 2); }

BOOST_AUTO_TEST_SUITE_END()

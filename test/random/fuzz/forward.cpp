// SPDX-License-Identifier: BSL-1.0

#include "run.hpp"

#include <ctgrad/transform/push_forward.hpp>

// Forward against reverse mode on random graphs: u^T (J v) = (J^T u)^T v.

namespace {

using namespace fuzz;

/// A random result, a direction for each of its variables and one for it, in a builder of its own.
struct trial {
    ct::builder made;
    ct::list<ref> variables, directions;
    ref result;

    trial(std::uint64_t seed, sizes of, bool simplifies) : made(simplifies ? ct::builder(ct::simplify) : ct::builder()) {
        ct::builder grown;
        grower plant(grown, seed, {true, false}, of);
        plant.grow(3 + static_cast<int>(seed % 9));
        const ct::draft_graph draft = ct::extract(grown, listed(plant.any_result()));
        result = copied(draft.view(), made, [](ref x) { return x; })[0];
        for (int i = 0; i <= result.id; ++i)
            if (ct::is_op<ct::variable_op>(*made[i].op)) variables.push_back({&made, i});
        for (const ref& x : variables) directions.push_back(direction(x, 0.3 * static_cast<double>(directions.size())));
    }

    /// Another number for each element.
    ref direction(ref like, double phase) {
        ref sum = ct::constant(made, 0.5 - phase, like->type, like.shape());
        for (int k = 0; k < like.shape().rank; ++k) {
            attributes a;
            a.type = like->type;
            a.shape = like.shape();
            a.numbers[0] = k;
            sum = sum * 1.3 + ct::sin(made.add(ct::info<ct::coordinate_op>, a, nullptr) * 1.7 + phase);
        }
        return sum;
    }
};

struct counts {
    long compared = 0, infinite = 0;
};

std::string check(std::uint64_t seed, counts& seen) {
    const sizes of = any_sizes(seed);
    for (const bool simplifies : {false, true}) {
        trial t(seed, of, simplifies);
        if (t.variables.size() == 0 || !ct::is_floating(t.result->type)) return {};
        const ref u = t.direction(t.result, 0.9);
        const ref forward = ct::push_forward(listed(t.result), t.variables, t.directions)[0];
        const ct::list<ref> gradients = ct::differentiate(t.result, t.variables, u);
        ct::list<ref> terms; // of the sum on either side
        if (forward) {
            if (!(forward.shape() == t.result.shape()) || forward->type != t.result->type) return "the tangent has another shape or dtype";
            terms.push_back(forward * u);
        }
        for (int v = 0; v < gradients.size(); ++v)
            if (gradients[v]) terms.push_back(gradients[v] * t.directions[v]);
        if (terms.empty()) return {};
        const ct::draft_graph g = ct::extract(t.made, terms);
        if (!ct::verify(g.view())) return "the graph is not well formed\n" + ct::to_string(g.view());
        dice roll(seed);
        const ct::interpreter_input in = input_for(g.view(), roll, values::benign, of);
        const ct::interpreter run(g.view(), in);
        double difference = 0, scale = 0;
        for (int i = 0; i < terms.size(); ++i)
            for (double v : run.result(i)) {
                difference += forward && i == 0 ? v : -v;
                scale += std::fabs(v);
            }
        if (!std::isfinite(scale)) {
            ++seen.infinite;
            continue;
        }
        ++seen.compared;
        if (std::fabs(difference) <= 1e-9 * scale + 1e-12) continue; // what cancels leaves rounding errors of larger numbers
        return std::string(simplifies ? "simplified" : "as written") + ": forward and reverse differ by " + shown(difference) + " of " +
               shown(scale) + "\n" + shown(g.view(), in);
    }
    return {};
}

} // namespace

BOOST_AUTO_TEST_SUITE(fuzz_forward)

BOOST_AUTO_TEST_CASE(forward_is_reverse) {
    counts seen;
    for_seeds(40000, [&](std::uint64_t seed) { return check(seed, seen); });
    BOOST_TEST_MESSAGE(seen.compared << " compared, " << seen.infinite << " infinite");
    BOOST_TEST(seen.compared > 10 * seen.infinite);
}

BOOST_AUTO_TEST_SUITE_END()

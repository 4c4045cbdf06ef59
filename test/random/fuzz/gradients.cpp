// SPDX-License-Identifier: BSL-1.0

#include "run.hpp"

// Gradients of random graphs against central differences along random directions, where the graphs are smooth.

namespace {

using namespace fuzz;

/// A loss with what it is differentiated by, in a builder of its own.
struct trial {
    ct::builder made;
    ct::list<ref> variables;
    ref loss;

    explicit trial(bool simplifies) : made(simplifies ? ct::builder(ct::simplify) : ct::builder()) {}
};

/// The random loss of `seed`; of order 2 a scalar of its gradients.
bool make(trial& t, std::uint64_t seed, sizes of, int order) {
    ct::builder grown;
    grower plant(grown, seed, {true, false}, of);
    plant.grow(3 + static_cast<int>(seed % 9));
    const ct::draft_graph draft = ct::extract(grown, listed(readout(plant.any_result(), 0.4)));
    ct::list<ref> copies;
    t.loss = copied(draft.view(), t.made, [](ref x) { return x; })[0];
    for (int i = 0; i <= t.loss.id; ++i)
        if (ct::is_op<ct::variable_op>(*t.made[i].op)) t.variables.push_back({&t.made, i});
    for (int i = 1; i < order; ++i) {
        ref next;
        for (const ref& g : ct::differentiate(t.loss, t.variables)) {
            if (!g) continue;
            const ref term = readout(g, 0.9);
            next = next ? next + term : term;
        }
        if (!next) return false;
        t.loss = next;
    }
    return t.variables.size() > 0;
}

double value(const ct::draft_graph& g, const ct::interpreter_input& in) { return ct::interpreter(g.view(), in).result()[0]; }

ct::value_list* values_of(ct::interpreter_input& in, const ct::symbol* name) {
    for (auto& l : in.leaves)
        if (l.name == name) return &l.values;
    return nullptr;
}

struct slope {
    double value = 0, error = 0;
    bool is_smooth = false;
};

/// The derivative along `direction` (a list a variable) from three step sizes, which must agree.
slope difference(const ct::draft_graph& loss, const ct::interpreter_input& at, const ct::list<const ct::symbol*>& names,
                 const std::vector<ct::value_list>& direction) {
    double slopes[3];
    double largest = 0;
    for (int s = 0; s < 3; ++s) {
        const double h = 1e-4 / (1 << (2 * s));
        double ends[2];
        for (int side = 0; side < 2; ++side) {
            ct::interpreter_input moved = at;
            for (int v = 0; v < names.size(); ++v)
                if (ct::value_list* x = values_of(moved, names[v]))
                    for (int i = 0; i < x->size(); ++i) (*x)[i] += (side == 0 ? h : -h) * direction[static_cast<std::size_t>(v)][i];
            ends[side] = value(loss, moved);
            largest = std::fmax(largest, std::fabs(ends[side]));
        }
        slopes[s] = (ends[0] - ends[1]) / (2 * h);
    }
    const double truncation = std::fabs(slopes[0] - slopes[1]) + std::fabs(slopes[1] - slopes[2]);
    const double error = truncation + 1e-10 * largest;
    const double scale = std::fmax(std::fabs(slopes[1]), 1e-4 * largest);
    return {slopes[1], error, std::isfinite(truncation) && std::isfinite(largest) && error <= 1e-4 * scale + 1e-9};
}

struct counts {
    long compared = 0, rough = 0;
};

std::string check(std::uint64_t seed, int order, counts& seen) {
    const sizes of = any_sizes(seed);
    trial plain(false);
    if (!make(plain, seed, of, order)) return {};
    const ct::draft_graph loss = ct::extract(plain.made, listed(plain.loss));
    dice roll(seed);
    const ct::interpreter_input in = input_for(loss.view(), roll, values::benign, of);
    ct::list<const ct::symbol*> names;
    std::vector<ct::value_list> direction;
    for (const ref& v : plain.variables) {
        names.push_back(v->name);
        std::int64_t size = 1;
        for (int k = 0; k < v->shape.rank; ++k) size *= in.size_of(v->shape[k]);
        ct::value_list along(static_cast<int>(size));
        for (double& d : along) d = roll.uniform();
        direction.push_back(along);
    }
    const slope expected = difference(loss, in, names, direction);
    if (!expected.is_smooth) {
        ++seen.rough;
        return {};
    }
    ++seen.compared;
    for (const bool simplifies : {false, true}) {
        trial t(simplifies);
        make(t, seed, of, order);
        double found = 0, scale = 1e-3;
        std::string shown_graph;
        const ct::list<ref> gradients = t.variables.size() ? ct::differentiate(t.loss, t.variables) : ct::list<ref>{};
        for (int v = 0; v < gradients.size(); ++v) {
            if (!gradients[v]) continue;
            const ct::draft_graph g = ct::extract(t.made, listed(gradients[v]));
            if (!ct::verify(g.view())) return "the gradient is not well formed\n" + shown(g.view(), in);
            if (!(gradients[v].shape() == t.variables[v].shape())) return "the gradient has another shape\n" + shown(g.view(), in);
            std::size_t at = 0;
            while (names[static_cast<int>(at)] != t.variables[v]->name) ++at;
            const ct::interpreter run(g.view(), in);
            for (int i = 0; i < run.result().size(); ++i) {
                found += run.result()[i] * direction[at][i];
                scale += std::fabs(run.result()[i] * direction[at][i]);
            }
            shown_graph += ct::to_string(g.view());
        }
        const double tolerance = 20 * expected.error + 1e-5 * std::fabs(expected.value) + 1e-8 * scale;
        if (std::fabs(found - expected.value) <= tolerance) continue;
        return std::string(simplifies ? "simplified" : "as written") + " the slope is " + shown(found) + " not " + shown(expected.value) +
               " (error about " + shown(expected.error) + ")\n" + shown(loss.view(), in) + shown_graph;
    }
    return {};
}

void run(std::uint64_t count, int order) {
    counts seen;
    for_seeds(count, [&](std::uint64_t seed) { return check(seed, order, seen); });
    BOOST_TEST_MESSAGE(seen.compared << " slopes compared, " << seen.rough << " not smooth");
    BOOST_TEST(seen.compared > 2 * seen.rough);
}

} // namespace

BOOST_AUTO_TEST_SUITE(fuzz_gradients)

BOOST_AUTO_TEST_CASE(gradients_are_central_differences) { run(40000, 1); }
BOOST_AUTO_TEST_CASE(second_gradients_are_central_differences) { run(20000, 2); }

BOOST_AUTO_TEST_SUITE_END()

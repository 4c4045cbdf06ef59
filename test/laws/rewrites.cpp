// SPDX-License-Identifier: BSL-1.0

#include "rewrite_samples.hpp"

#include <ctgrad/transform/explain_rewrites.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <string>

// Every rewrite fires where it should, and the numbers stay what they are.

namespace {

using namespace laws;

/// The nodes of `written`, one by one, in a builder that simplifies.
struct rewritten {
    ct::recording_builder<> made;
    ct::draft_graph graph;

    explicit rewritten(const ct::draft_graph& written) {
        ct::list<ref> nodes;
        for (const ct::node& n : written.nodes) {
            ref in[ct::max_arity];
            for (int k = 0; k < ct::max_arity; ++k) // up to the arity, g++ 12 would warn of a fourth
                if (k < n.op->arity) in[k] = nodes[n.inputs[k]];
            nodes.push_back(made.add(*n.op, n, in));
        }
        graph = ct::extract(made, one(nodes[written.roots[0]]));
    }
    bool fired(std::string_view name) const {
        for (const ct::fired_rewrite& each : made.fired)
            if (each.which->name == name) return true;
        return false;
    }
    static ct::list<ref> one(ref r) {
        ct::list<ref> results;
        results.push_back(r);
        return results;
    }
};

/// A sample as it is written and as it is rewritten.
struct pair_of_graphs {
    explicit pair_of_graphs(const rewrite_sample& sample, dtype type)
        : t(type, false), written(ct::extract(t.graph, rewritten::one(sample.make(t)))), better(written) {}

    trial t;
    ct::draft_graph written;
    rewritten better;
};

/// The largest finite number on the way of the graph as written.
double scale_of(const ct::draft_graph& g, const ct::interpreter_input& in) {
    double scale = 0;
    for (int id = 0; id < g.nodes.size(); ++id) {
        const std::int16_t root = static_cast<std::int16_t>(id);
        const ct::interpreter run({g.nodes.data(), g.nodes.size(), &root, 1}, in);
        for (double v : run.result())
            if (std::isfinite(v)) scale = std::fmax(scale, std::fabs(v));
    }
    return scale;
}

/// What was finite stays so, with its digits; with `exactly` what was infinite or NaN, too.
void check_values(const pair_of_graphs& pair, const ct::interpreter_input& in, bool exactly) {
    const ct::value_list want = ct::interpreter(pair.written.view(), in).result();
    const ct::value_list got = ct::interpreter(pair.better.graph.view(), in).result();
    BOOST_TEST_REQUIRE(want.size() == got.size());
    const double tolerance = (pair.t.type == dtype::float64 ? 1e-13 : 2e-6) * scale_of(pair.written, in);
    for (int i = 0; i < want.size(); ++i) {
        if (std::isfinite(want[i]))
            BOOST_TEST(std::fabs(want[i] - got[i]) <= tolerance, "element " << i << ": " << got[i] << " instead of " << want[i]);
        else if (exactly)
            BOOST_TEST(std::isnan(want[i]) == std::isnan(got[i]), "element " << i << ": " << got[i] << " instead of " << want[i]);
    }
}

template <class Check>
void for_each_pair(Check check) {
    for (const rewrite_sample& sample : rewrite_samples)
        for (const dtype type : {dtype::float32, dtype::float64}) {
            pair_of_graphs pair(sample, type);
            const std::string graphs = ct::to_string(pair.written.view()) + ct::to_string(pair.better.graph.view());
            BOOST_TEST_CONTEXT(sample.name << " in " << ct::name_of(type) << "\n" << graphs) { check(sample, pair); }
        }
}

/// Numbers of a magnitude with both signs, in place of those of floating leaves.
ct::interpreter_input of_magnitude(const trial& t, double magnitude) {
    ct::interpreter_input in = t.input;
    const double pattern[] = {1, -0.5, 0.75, -1, 0.25};
    int next = 0;
    for (int i = 0; i < t.differentiated.size(); ++i)
        for (double& v : in.leaves[t.data_of[i]].values) v = ct::rounded(t.type, magnitude * pattern[next++ % 5]);
    return in;
}

template <std::size_t N>
bool has_sample(const ct::rewrite (&rewrites)[N]) {
    bool all = true;
    for (const ct::rewrite& each : rewrites) {
        bool found = false;
        for (const rewrite_sample& sample : rewrite_samples) found = found || sample.name == each.name;
        BOOST_TEST(found, each.name << " has no sample in rewrite_samples.hpp");
        all = all && found;
    }
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(laws_of_rewrites)

BOOST_AUTO_TEST_CASE(every_rewrite_has_a_sample) { BOOST_TEST((has_sample(ct::elementwise_rewrites) && has_sample(ct::all_rewrites<>))); }

BOOST_AUTO_TEST_CASE(every_rewrite_fires_on_its_samples) {
    for_each_pair([](const rewrite_sample& sample, const pair_of_graphs& pair) {
        BOOST_TEST(pair.better.fired(sample.name));
        BOOST_TEST(ct::verify(pair.better.graph.view()));
    });
}

BOOST_AUTO_TEST_CASE(a_rewrite_keeps_shape_and_type) {
    for_each_pair([](const rewrite_sample&, const pair_of_graphs& pair) {
        BOOST_TEST((pair.written.view().root().shape == pair.better.graph.view().root().shape));
        BOOST_TEST((pair.written.view().root().type == pair.better.graph.view().root().type));
    });
}

BOOST_AUTO_TEST_CASE(a_rewrite_keeps_values) {
    for_each_pair([](const rewrite_sample&, const pair_of_graphs& pair) { check_values(pair, pair.t.input, true); });
}

BOOST_AUTO_TEST_CASE(a_rewrite_keeps_large_and_small_values) {
    for_each_pair([](const rewrite_sample&, const pair_of_graphs& pair) {
        const bool is_float = pair.t.type == dtype::float32;
        const double largest = is_float ? 3e38 : 1.7e308, least = is_float ? 1e-36 : 1e-300;
        for (const double magnitude : {0.0, least, 1e-20, 1e-3, 1e3, 1e20, largest / 1e3, largest})
            BOOST_TEST_CONTEXT("numbers of " << magnitude) { check_values(pair, of_magnitude(pair.t, magnitude), false); }
    });
}

BOOST_AUTO_TEST_CASE(a_rewrite_makes_nothing_else_infinite_or_nan) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    for_each_pair([](const rewrite_sample&, const pair_of_graphs& pair) {
        for (const double bad : {infinity, -infinity, std::numeric_limits<double>::quiet_NaN()})
            for (int i = 0; i < pair.t.differentiated.size(); ++i) {
                ct::interpreter_input in = pair.t.input;
                in.leaves[pair.t.data_of[i]].values[1] = bad;
                BOOST_TEST_CONTEXT("with " << bad << " in leaf " << i) { check_values(pair, in, false); }
            }
    });
}

BOOST_AUTO_TEST_SUITE_END()

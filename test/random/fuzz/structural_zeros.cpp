// SPDX-License-Identifier: BSL-1.0

#include "run.hpp"

#include <ctgrad/transform/detail/structural_zeros.hpp>

// An element that is 0 by its form is 0, whatever the leaves hold.

namespace {

using namespace fuzz;

struct counts {
    long graphs = 0, elements = 0, zeros = 0;
};

std::string check(std::uint64_t seed, counts& seen) {
    const sizes of = any_sizes(seed);
    ct::builder made;
    grower plant(made, seed, style{true, false, false, true}, of);
    plant.grow(4 + static_cast<int>(seed % 17));
    ct::list<ref> results;
    for (int i = 0; i < 4; ++i) results.push_back(plant.any_result());
    const ct::draft_graph g = ct::extract(made, results);
    dice roll(seed);
    const ct::interpreter_input in = input_for(g.view(), roll, values::benign, of);
    const ct::interpreter found(g.view(), in);
    const ct::detail::structural_zeros zeros(g.view());
    ++seen.graphs;
    for (int r = 0; r < 4; ++r) {
        const ct::value_list& value = found.result(r);
        for (int i = 0; i < value.size(); ++i) {
            ++seen.elements;
            if (zeros.may_differ(g.roots[r], i)) continue;
            ++seen.zeros;
            // 0 times infinity and 0 / 0 are zeros that are meant
            if (value[i] != 0 && !std::isnan(value[i]))
                return "result " + std::to_string(r) + " element " + std::to_string(i) + " is " + shown(value[i]) + "\n" +
                       shown(g.view(), in);
        }
    }
    return {};
}

} // namespace

BOOST_AUTO_TEST_SUITE(fuzz_structural_zeros)

BOOST_AUTO_TEST_CASE(what_is_0_by_its_form_is_0) {
    counts seen;
    for_seeds(60000, [&](std::uint64_t seed) { return check(seed, seen); });
    BOOST_TEST_MESSAGE(seen.graphs << " graphs, " << seen.elements << " elements, " << seen.zeros << " zeros");
    BOOST_TEST((seen.graphs < 1000 || seen.zeros > seen.graphs));
}

BOOST_AUTO_TEST_SUITE_END()

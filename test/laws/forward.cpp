// SPDX-License-Identifier: BSL-1.0

#include "check.hpp"

#include <ctgrad/transform/push_forward.hpp>

// Forward mode of every op, used as in samples.hpp: u^T (J v) = (J^T u)^T v, element by element of J.

using namespace laws;

namespace {

/// The unit vector of element `at` of `like`.
ref unit(ref like, int at, const ct::interpreter_input& in) {
    ref mask{}, hit{};
    ct::builder& b = *like.graph;
    const ct::tensor_shape s = like.shape();
    std::vector<std::int64_t> index(static_cast<std::size_t>(s.rank));
    for (int k = s.rank - 1; k >= 0; --k) {
        index[static_cast<std::size_t>(k)] = at % in.size_of(s[k]);
        at /= static_cast<int>(in.size_of(s[k]));
    }
    for (int k = 0; k < s.rank; ++k) {
        ct::attributes a;
        a.type = dtype::int32;
        a.shape = s;
        a.numbers[0] = k;
        const ref here = ct::equal(b.add(ct::info<ct::coordinate_op>, a, nullptr), static_cast<double>(index[static_cast<std::size_t>(k)]));
        hit = hit ? ct::logical_and(hit, here) : here;
    }
    ct::attributes number;
    number.type = like->type;
    return s.rank ? ct::apply<ct::cast_op>(number, hit) : ct::constant(b, 1, like->type);
}

/// The Jacobian with respect to one of the inputs, by columns, or by rows.
std::vector<double> jacobian(sample make, bool simplified, int input, bool forward) {
    trial t(dtype::float64, simplified);
    const ref y = make(t);
    const ref x = t.differentiated[input];
    const int inputs = t.input.leaves[t.data_of[input]].values.size(), outputs = values_of(t, one(y))[0].size();
    std::vector<double> found(static_cast<std::size_t>(inputs * outputs));
    for (int i = 0; i < (forward ? inputs : outputs); ++i) {
        const ref product =
            forward ? ct::push_forward(one(y), one(x), one(unit(x, i, t.input)))[0] : ct::differentiate(y, one(x), unit(y, i, t.input))[0];
        if (!product) continue;
        BOOST_TEST((product.shape() == (forward ? y : x).shape()));
        BOOST_TEST((product->type == (forward ? y : x)->type));
        const ct::value_list line = values_of(t, one(product))[0];
        for (int j = 0; j < line.size(); ++j) found[static_cast<std::size_t>(forward ? j * inputs + i : i * inputs + j)] = line[j];
    }
    return found;
}

} // namespace

BOOST_AUTO_TEST_SUITE(laws)

BOOST_AUTO_TEST_CASE(forward_is_reverse) {
    int compared = 0;
    for_each_sample([&](sample make, const std::string& name) {
        if (!is_differentiable(make)) return;
        for (const bool simplified : {false, true}) {
            trial probe(dtype::float64, simplified);
            make(probe);
            for (int input = 0; input < probe.differentiated.size(); ++input) {
                const std::vector<double> rows = jacobian(make, simplified, input, false),
                                          columns = jacobian(make, simplified, input, true);
                for (std::size_t i = 0; i < rows.size(); ++i, ++compared)
                    BOOST_TEST(std::fabs(rows[i] - columns[i]) <= 1e-13 * std::fmax(1.0, std::fabs(rows[i])),
                               name << " input " << input << " element " << i << ": " << columns[i] << " forward, " << rows[i]
                                    << " reverse");
            }
        }
    });
    BOOST_TEST(compared > 1000);
}

// Second derivatives: forward over reverse is reverse over reverse.
BOOST_AUTO_TEST_CASE(forward_over_reverse_is_reverse_over_reverse) {
    for_each_sample([](sample make, const std::string& name) {
        if (!is_differentiable(make)) return;
        for (const bool simplified : {false, true}) {
            trial t(dtype::float64, simplified);
            const ref loss = weighted_sum(make(t), 0.3);
            const ct::list<ref> slopes = ct::differentiate(loss, t.differentiated);
            for (int i = 0; i < slopes.size(); ++i) {
                if (!slopes[i]) continue;
                const ref x = t.differentiated[i];
                const ref along = ct::push_forward(one(slopes[i]), one(x), one(ct::constant(t.graph, 1, x->type, x.shape())))[0];
                const ref summed = ct::differentiate(ct::reduce_sum(slopes[i]), one(x))[0]; // H is symmetric
                const ref zeros = ct::constant(t.graph, 0, x->type, x.shape());
                check_close(values_of(t, one(along ? along : zeros)), values_of(t, one(summed ? summed : zeros)), 1e-12, name);
            }
        }
    });
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "matrix_samples.hpp"
#include "window_samples.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <string>

namespace laws {

/// A scalar that gives every element of `y` another weight.
inline ref weighted_sum(ref y, double phase) {
    ct::builder& graph = *y.graph;
    const ct::tensor_shape s = y.shape();
    ref weight = ct::constant(graph, 1.0, y->type);
    for (int k = 0; k < s.rank; ++k) {
        ct::attributes a;
        a.type = y->type;
        a.shape = s;
        a.numbers[0] = k;
        weight = weight * 1.25 + ct::sin(graph.add(ct::info<ct::coordinate_op>, a, nullptr) + phase);
    }
    return ct::reduce_sum(y * weight);
}

inline ct::list<ct::value_list> values_of(const trial& t, const ct::list<ref>& results) {
    const ct::draft_graph graph = ct::extract(t.graph, results);
    BOOST_TEST(ct::verify(graph.view()));
    const ct::interpreter run(graph.view(), t.input);
    ct::list<ct::value_list> values;
    for (int i = 0; i < results.size(); ++i) values.push_back(run.result(i));
    return values;
}

inline ct::list<ref> one(ref r) {
    ct::list<ref> results;
    results.push_back(r);
    return results;
}

/// What a loss is made of: the op's result, or the squares of how far that is from where it is, so that all gradients are 0.
enum class loss_kind { plain, stationary };

inline ref squared_distance(trial& t, ref y) {
    const ct::value_list values = values_of(t, one(y))[0];
    const ref target = t.add_leaf(y.shape(), y->type, std::vector<double>(values.begin(), values.end()));
    return weighted_sum(ct::square(y - target), 0.3);
}

/// What is differentiated: the loss itself, or a scalar of its gradients.
inline ref loss_of(trial& t, sample make, int order, loss_kind kind) {
    const ref y = make(t);
    ref loss = kind == loss_kind::plain ? weighted_sum(y, 0.3) : squared_distance(t, y);
    for (int i = 1; i < order; ++i) {
        ref next{};
        for (const ref& g : ct::differentiate(loss, t.differentiated)) {
            if (!g) continue;
            const ref term = weighted_sum(g, 0.8);
            next = next ? next + term : term;
        }
        if (!next) return next;
        loss = next;
    }
    return loss;
}

/// The gradients, one list of numbers an input; zeros where there is none.
inline ct::list<ct::value_list> gradients(sample make, dtype type, bool simplified, int order, loss_kind kind = loss_kind::plain) {
    trial t(type, simplified);
    ct::list<ct::value_list> values;
    const ref loss = loss_of(t, make, order, kind);
    ct::list<ref> found = loss ? ct::differentiate(loss, t.differentiated) : ct::list<ref>(t.differentiated.size());
    for (int i = 0; i < found.size(); ++i) {
        if (found[i]) {
            BOOST_TEST((found[i].shape() == t.differentiated[i].shape()));
            BOOST_TEST((found[i]->type == type));
            values.push_back(values_of(t, one(found[i]))[0]);
        } else
            values.push_back(ct::value_list(t.input.leaves[t.data_of[i]].values.size()));
    }
    return values;
}

/// Central differences in double, of the graph as written.
inline ct::list<ct::value_list> differences(sample make, int order, loss_kind kind = loss_kind::plain) {
    ct::list<ct::value_list> values;
    trial t(dtype::float64, false);
    const ref loss = loss_of(t, make, order, kind);
    for (int i = 0; i < t.differentiated.size(); ++i) {
        ct::value_list slopes(t.input.leaves[t.data_of[i]].values.size());
        for (int j = 0; j < slopes.size() && loss; ++j) {
            double& x = t.input.leaves[t.data_of[i]].values[j];
            const double middle = x, h = 1e-5 * std::fmax(1.0, std::fabs(x));
            auto at = [&](double value) {
                x = value;
                return values_of(t, one(loss))[0][0];
            };
            slopes[j] = (at(middle + h) - at(middle - h)) / (2 * h);
            x = middle;
        }
        values.push_back(slopes);
    }
    return values;
}

inline void check_close(const ct::list<ct::value_list>& found, const ct::list<ct::value_list>& expected, double tolerance,
                        const std::string& what) {
    BOOST_TEST_CONTEXT(what) {
        BOOST_TEST_REQUIRE(found.size() == expected.size());
        for (int i = 0; i < found.size(); ++i) {
            BOOST_TEST_REQUIRE(found[i].size() == expected[i].size());
            double scale = 1e-2;
            for (double e : expected[i]) scale = std::fmax(scale, std::fabs(e));
            for (int j = 0; j < found[i].size(); ++j)
                BOOST_TEST(std::fabs(found[i][j] - expected[i][j]) <= tolerance * scale,
                           "input " << i << " element " << j << ": " << found[i][j] << " instead of " << expected[i][j]);
        }
    }
}

/// Calls `check(sample, name)` for all samples of all ops.
template <class Check>
void for_each_sample(Check check) {
    const auto of_all = [&]<class... Op>(ct::op_list<Op...>) {
        auto of_one = [&]<class One>(One*) {
            const std::string name(One::name);
            const std::vector<sample> uses = samples<One>();
            BOOST_TEST(!uses.empty(), name << " has no samples in samples.hpp");
            for (std::size_t i = 0; i < uses.size(); ++i) check(uses[i], name + " sample " + std::to_string(i));
        };
        (of_one(static_cast<Op*>(nullptr)), ...);
    };
    of_all(ct::all_ops{});
    of_all(ct::linalg_ops{});
    of_all(ct::window_ops{});
}

/// Whether the sample has a number that can be differentiated; comparisons and the like have not.
inline bool is_differentiable(sample make) {
    trial t(dtype::float64, false);
    return ct::is_floating(make(t)->type) && t.differentiated.size() > 0;
}

} // namespace laws

// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/graph/builder.hpp>

#include <ctgrad/graph.hpp>
#include <ctgrad/ops.hpp>

#include <boost/test/unit_test.hpp>

namespace ct = ctgrad;
using ct::ref, ct::shape;

namespace {

constexpr ref leaf(ct::builder& graph, const ct::symbol& name, const ct::tensor_shape& s) {
    ct::attributes a;
    a.shape = s;
    a.name = &name;
    return graph.add(ct::info<ct::variable_op>, a, nullptr);
}

constexpr bool equal_nodes_are_one() {
    ct::builder graph;
    const ref a = leaf(graph, ct::symbol_of<"a">, shape(3)), b = leaf(graph, ct::symbol_of<"b">, shape(3));
    return a * b + a == a * b + a && a == leaf(graph, ct::symbol_of<"a">, shape(3)) && !(a - b == b - a) && graph.size() == 6;
}

constexpr bool many_nodes_are_found_again() {
    ct::builder graph;
    const ref a = leaf(graph, ct::symbol_of<"a">, shape(3));
    ref chain = a, again = a;
    for (int i = 0; i < 200; ++i) chain = ct::apply<ct::tanh_op>(chain);
    const int size = graph.size();
    for (int i = 0; i < 200; ++i) again = ct::apply<ct::tanh_op>(again);
    return size == 201 && graph.size() == size && chain == again;
}

/// Drafts a chain of `Steps` nodes behind a leaf, and a root that there is not.
template <int Steps>
struct make_chain {
    constexpr ct::draft_graph operator()() const {
        ct::builder graph;
        ref e = leaf(graph, ct::symbol_of<"a">, shape(3));
        for (int i = 0; i < Steps; ++i) e = ct::apply<ct::tanh_op>(e);
        ct::list<ref> roots;
        roots.push_back(e);
        roots.push_back({});
        return ct::extract(graph, roots);
    }
};

constexpr bool extraction_forgets_how_a_graph_was_built() {
    ct::builder one, other;
    ct::list<ref> roots;
    const ref a = leaf(one, ct::symbol_of<"a">, shape(3)), b = leaf(one, ct::symbol_of<"b">, shape(3));
    roots.push_back((a - b) * a);
    const ref d = leaf(other, ct::symbol_of<"b">, shape(3)), c = leaf(other, ct::symbol_of<"a">, shape(3));
    (void)(d + c + 1.0);
    ct::list<ref> same;
    same.push_back((c - d) * c);
    const ct::draft_graph first = ct::extract(one, roots), second = ct::extract(other, same);
    if (first.nodes.size() != 4 || second.nodes.size() != 4) return false;
    for (int i = 0; i < 4; ++i)
        if (first.nodes[i].hash != second.nodes[i].hash) return false;
    return ct::verify(first.view()) && first.view().root().hash == second.view().root().hash;
}

constexpr bool numbers_take_dtype_and_shape() {
    ct::builder graph;
    const ref a = leaf(graph, ct::symbol_of<"a">, shape(3));
    const ref sum = 2.0 * a;
    return sum.shape() == shape(3) && sum.input(0).shape() == shape(3) && ct::is_constant(sum.input(0), 2);
}

} // namespace

BOOST_AUTO_TEST_SUITE(graph)

BOOST_AUTO_TEST_CASE(an_equal_node_exists_once) { static_assert(equal_nodes_are_one()); }

BOOST_AUTO_TEST_CASE(the_table_of_nodes_grows) { static_assert(many_nodes_are_found_again()); }

BOOST_AUTO_TEST_CASE(graph_is_whole_where_less_or_more_is_expected) {
    constexpr auto whole = ct::freeze<make_chain<40>, 2>();
    static_assert(whole.view().size == 41 && ct::verify({whole.nodes, 41, whole.roots, 1}));
    static_assert(ct::freeze<make_chain<3>, 30>().view().size == 4);
}

BOOST_AUTO_TEST_CASE(none_among_the_roots_is_minus_one) {
    static_assert(ct::freeze<make_chain<3>>().roots[0] == 3 && ct::freeze<make_chain<3>>().roots[1] == -1);
}

BOOST_AUTO_TEST_CASE(shared_nodes_count_once) {
    constexpr auto a = ct::variable<"a", float, 3>;
    constexpr auto e = ct::tanh(a * a);
    static_assert(ct::count_nodes((e * e + a).root()) == 5);
}

BOOST_AUTO_TEST_CASE(equal_expressions_get_equal_graphs) { static_assert(extraction_forgets_how_a_graph_was_built()); }

BOOST_AUTO_TEST_CASE(a_number_beside_a_node_is_a_constant) { BOOST_TEST(numbers_take_dtype_and_shape()); }

BOOST_AUTO_TEST_CASE(verify_refuses_what_is_not_well_formed) {
    ct::builder graph;
    ct::list<ref> roots;
    roots.push_back(leaf(graph, ct::symbol_of<"a">, shape(3)) * leaf(graph, ct::symbol_of<"b">, shape(3)));
    const ct::draft_graph right = ct::extract(graph, roots);
    BOOST_TEST(ct::verify(right.view()));
    ct::draft_graph wrong = right;
    wrong.nodes[2].inputs[0] = 2;
    BOOST_TEST(!ct::verify(wrong.view()));
    wrong = right;
    wrong.nodes[2].shape = shape(4);
    BOOST_TEST(!ct::verify(wrong.view()));
    wrong = right;
    wrong.nodes[1].type = ct::dtype::float64;
    BOOST_TEST(!ct::verify(wrong.view()));
    wrong = right;
    wrong.nodes[1] = wrong.nodes[0];
    BOOST_TEST(!ct::verify(wrong.view()));
    wrong = right;
    wrong.roots[0] = 3;
    BOOST_TEST(!ct::verify(wrong.view()));
}

BOOST_AUTO_TEST_SUITE_END()

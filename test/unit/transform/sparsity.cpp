// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/sparsity.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cstddef>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto q = ct::variable<"q", double, 6>;
constexpr auto before = ct::slice(q, ct::begin<0>, ct::size<5>);
constexpr auto behind = ct::slice(q, ct::begin<1>, ct::size<5>);
constexpr auto pressure = ct::variable<"pressure", double, 4>;
constexpr std::array<double, 6> point{0.1, 0.2, 0.3, 0.4, 0.5, 0.6};

template <class Matrix, class Elements, class Pattern>
void check_elements(const Matrix& dense, const Elements& sparse, const Pattern& p) {
    std::vector<bool> inside(static_cast<std::size_t>(p.rows * p.columns));
    for (int i = 0; i < p.rows; ++i)
        for (int k = p.row_start[i]; k < p.row_start[i + 1]; ++k) {
            const int at = i * p.columns + p.column[k];
            BOOST_TEST(sparse[static_cast<std::size_t>(k)] == dense.data()[at], boost::test_tools::tolerance(1e-14));
            inside[static_cast<std::size_t>(at)] = true;
        }
    for (int at = 0; at < p.rows * p.columns; ++at) BOOST_TEST((inside[static_cast<std::size_t>(at)] || dense.data()[at] == 0));
}

} // namespace

BOOST_AUTO_TEST_SUITE(transform)

BOOST_AUTO_TEST_CASE(neighbours_have_two_diagonals) {
    constexpr auto y = ct::sin(behind) * before;
    constexpr auto jacobian = ct::jacobian(y, q)[q];
    constexpr auto elements = ct::sparse_jacobian(y, q)[q];
    constexpr auto pattern = ct::sparsity(jacobian);
    static_assert(pattern.rows == 5 && pattern.columns == 6 && pattern.nnz == 10);
    static_assert(pattern.row_start[3] == 6 && pattern.column[6] == 3 && pattern.column[7] == 4);
    static_assert(elements.shape() == ct::shape(10));
    const auto [dense, sparse] = ct::function{jacobian, elements}(q = point);
    check_elements(dense, sparse, pattern);
}

BOOST_AUTO_TEST_CASE(the_hessian_of_a_chain_has_three_diagonals) {
    constexpr auto chain = ct::reduce_sum(100_c * ct::square(behind - ct::square(before)) + ct::square(1_c - before));
    constexpr auto hessian = ct::hessian(chain, q)[q][q];
    constexpr auto elements = ct::sparse_hessian(chain, q)[q];
    constexpr auto pattern = ct::sparsity(hessian);
    static_assert(pattern.nnz == 16);
    const auto [dense, sparse] = ct::function{hessian, elements}(q = point);
    check_elements(dense, sparse, pattern);
}

BOOST_AUTO_TEST_CASE(what_is_element_by_element_has_one_diagonal) {
    static_assert(ct::sparsity(ct::jacobian(ct::exp(q), q)[q]).nnz == 6);
    static_assert(ct::sparsity(ct::jacobian(ct::softmax(ct::expand_dims(q, ct::axis<0>)), q)[q]).nnz == 36);
    static_assert(ct::sparsity(ct::jacobian(ct::reduce_sum(ct::slice(q, ct::begin<2>, ct::size<3>)), q)[q]).nnz == 3);
    static_assert(ct::sparsity(ct::jacobian(2_c * q, q)[q]).nnz == 6);
}

BOOST_AUTO_TEST_CASE(a_flow_through_a_network_has_the_pattern_of_its_edges) {
    // Edges 0-1, 1-2, 0-2: the flow of an edge depends on the pressures at its ends, what a node gains on those of its edges.
    constexpr auto at = []<int I>(std::integral_constant<int, I>) { return ct::slice(pressure, ct::begin<I>, ct::size<1>); };
    constexpr auto flow = [=](auto from, auto to) { return ct::tanh(at(from) - at(to)); };
    constexpr std::integral_constant<int, 0> zero;
    constexpr std::integral_constant<int, 1> one;
    constexpr std::integral_constant<int, 2> two;
    constexpr std::integral_constant<int, 3> three;
    constexpr auto gains = ct::concat(ct::axis<0>, -flow(zero, one) - flow(zero, two), flow(zero, one) - flow(one, two),
                                      flow(one, two) + flow(zero, two) - flow(two, three));
    constexpr auto pattern = ct::sparsity(ct::jacobian(gains, pressure)[pressure]);
    static_assert(pattern.rows == 3 && pattern.nnz == 10);
    constexpr ct::function f{ct::jacobian(gains, pressure)[pressure], ct::sparse_jacobian(gains, pressure)[pressure]};
    const auto [dense, sparse] = f(pressure = std::array{1.0, 0.4, 0.3, 0.1});
    check_elements(dense, sparse, pattern);
}

BOOST_AUTO_TEST_SUITE_END()

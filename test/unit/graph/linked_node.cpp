// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/graph/linked_node.hpp>

#include <ctgrad/expr.hpp>
#include <ctgrad/graph.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <vector>

// Two nodes are one only if their contents are equal; a hash finds candidates and decides nothing.

namespace ct = ctgrad;
using ct::ref, ct::shape;

namespace {

std::uint64_t weak_hash(const ct::attributes&, const ct::op_info&, const std::uint64_t*) { return 7; }

ref leaf(ct::builder& graph, const ct::symbol& name, const ct::tensor_shape& s) {
    ct::attributes a;
    a.shape = s;
    a.name = &name;
    return graph.add(ct::info<ct::variable_op>, a, nullptr);
}

/// Calls `visit(attributes)` for all numbers of up to six axes with entries up to `most` in the first `rank`.
template <class Visit>
void for_each_numbers(int rank, int most, Visit visit) {
    ct::attributes a;
    for (;;) {
        visit(a);
        int k = 0;
        while (k < rank && a.numbers[k] == most) a.numbers[k++] = 0;
        if (k == rank) return;
        ++a.numbers[k];
    }
}

std::size_t collisions(std::vector<std::uint64_t>& hashes) {
    std::sort(hashes.begin(), hashes.end());
    return static_cast<std::size_t>(hashes.end() - std::unique(hashes.begin(), hashes.end()));
}

/// An op of a user with the name of one of the library.
struct exp_op : ct::elementwise_op<1> {
    static constexpr std::string_view name = "exp";
    static constexpr auto evaluate(auto x) { return x + x; }
    static constexpr ref derivative(const auto& at) { return at.dy * 2.0; }
};
inline constexpr ct::op_function<exp_op> twice{};

constexpr auto R = ct::placeholder<"R", double, 3, 3>;
template <int I, int J>
constexpr auto at = ct::slice(R, ct::begin<I, J>, ct::size<1, 1>);

constexpr auto image = ct::placeholder<"image", double, 4, 4>;
constexpr auto kernel = ct::variable<"kernel", double, 9>;
template <int I, int J>
constexpr auto window = ct::reshape(ct::slice(image, ct::begin<I, J>, ct::size<2, 2>), ct::dims<4, 1>);

} // namespace

BOOST_AUTO_TEST_SUITE(graph)

BOOST_AUTO_TEST_CASE(attributes_have_hashes_of_their_own) {
    std::vector<std::uint64_t> hashes;
    const std::uint64_t input = 99;
    for (const ct::op_info* op : {&ct::info<ct::slice_op>, &ct::info<ct::view_op>, &ct::info<ct::pad_op>})
        for_each_numbers(6, 8, [&](const ct::attributes& a) { hashes.push_back(ct::hash_of(a, *op, &input)); });
    BOOST_TEST(hashes.size() > 1'500'000u);
    BOOST_TEST(collisions(hashes) == 0u);
}

BOOST_AUTO_TEST_CASE(shapes_have_hashes_of_their_own) {
    std::vector<std::uint64_t> hashes;
    const std::uint64_t input = 99;
    for (int rank = 0; rank <= 6; ++rank)
        for_each_numbers(rank, 8, [&](ct::attributes a) {
            a.shape.rank = rank;
            for (int k = 0; k < rank; ++k) a.shape[k] = a.numbers[k];
            for (int& n : a.numbers) n = 0;
            hashes.push_back(ct::hash_of(a, ct::info<ct::reshape_op>, &input));
        });
    BOOST_TEST(hashes.size() > 500'000u);
    BOOST_TEST(collisions(hashes) == 0u);
}

BOOST_AUTO_TEST_CASE(a_builder_keeps_nodes_of_one_hash_apart) {
    ct::builder graph(&weak_hash);
    const ref a = leaf(graph, ct::symbol_of<"a">, shape(3)), b = leaf(graph, ct::symbol_of<"b">, shape(3));
    BOOST_TEST(!(a == b));
    BOOST_TEST(!(a * b == a + b));
    BOOST_TEST((a * b == a * b));
    std::vector<ref> made;
    ct::attributes box;
    box.shape = shape(1);
    for (int i = 0; i < 3; ++i) {
        box.numbers[0] = i;
        made.push_back(ct::apply<ct::slice_op>(box, a));
        made.push_back(ct::apply<ct::slice_op>(box, b));
    }
    for (std::size_t i = 0; i < made.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) BOOST_TEST(!(made[i] == made[j]));
    BOOST_TEST((ct::apply<ct::slice_op>(box, a) == made[4]));
}

BOOST_AUTO_TEST_CASE(ops_of_one_name_are_two) {
    constexpr auto x = ct::placeholder<"x", double, 2>;
    const std::array<double, 2> data{0, 3};
    const ct::value_list values = ct::evaluate(twice(x) + ct::log(twice(x)) * ct::literal<0>{}, x = std::array<double, 2>{1, 3});
    BOOST_TEST(values[0] == 2.0);
    BOOST_TEST(values[1] == 6.0);
    const ct::value_list slopes = ct::evaluate(ct::gradient(ct::reduce_sum(ct::exp(x) + twice(x)), x)[x], x = data);
    BOOST_TEST(slopes[0] == 3.0);
}

BOOST_AUTO_TEST_CASE(any_two_slices_can_stand_in_one_expression) {
    constexpr auto skew = ct::reduce_sum(at<2, 0> - at<0, 1>) + ct::reduce_sum(at<0, 2> * at<1, 0>);
    const std::array<double, 9> data{1, 2, 3, 4, 5, 6, 7, 8, 9};
    BOOST_TEST(ct::evaluate(skew, R = data)[0] == 17.0);
    const ct::value_list slopes = ct::evaluate(ct::gradient(skew, R)[R], R = data);
    const std::vector<double> expected{0, -1, 4, 3, 0, 0, 1, 0, 0};
    BOOST_TEST(std::vector<double>(slopes.begin(), slopes.end()) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(windows_by_slices_differentiate) {
    constexpr auto columns = ct::concat(ct::axis<1>, window<0, 0>, window<0, 1>, window<0, 2>, window<1, 0>, window<1, 1>, window<1, 2>,
                                        window<2, 0>, window<2, 1>, window<2, 2>);
    constexpr auto loss = ct::reduce_sum(ct::square(ct::matmul(columns, ct::expand_dims(kernel, ct::axis<1>))));
    constexpr auto grads = ct::gradient(loss, image, kernel);
    std::array<double, 16> x{};
    std::array<double, 9> w{};
    for (std::size_t i = 0; i < 16; ++i) x[i] = 0.5 * static_cast<double>(i % 5) - 0.7;
    for (std::size_t i = 0; i < 9; ++i) w[i] = 0.25 * static_cast<double>(i) - 0.8;
    std::array<double, 16> dx{};
    std::array<double, 9> dw{};
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t j = 0; j < 2; ++j) {
            double y = 0;
            for (std::size_t k = 0; k < 9; ++k) y += x[(i + k / 3) * 4 + j + k % 3] * w[k];
            for (std::size_t k = 0; k < 9; ++k) {
                dx[(i + k / 3) * 4 + j + k % 3] += 2 * y * w[k];
                dw[k] += 2 * y * x[(i + k / 3) * 4 + j + k % 3];
            }
        }
    const ct::value_list found_x = ct::evaluate(grads[image], image = x, kernel = w),
                         found_w = ct::evaluate(grads[kernel], image = x, kernel = w);
    BOOST_TEST(std::vector<double>(found_x.begin(), found_x.end()) == std::vector<double>(dx.begin(), dx.end()),
               boost::test_tools::tolerance(1e-12) << boost::test_tools::per_element());
    BOOST_TEST(std::vector<double>(found_w.begin(), found_w.end()) == std::vector<double>(dw.begin(), dw.end()),
               boost::test_tools::tolerance(1e-12) << boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

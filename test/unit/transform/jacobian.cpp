// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/jacobian.hpp>

#include <ctgrad/expr.hpp>
#include <ctgrad/nn.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N, 3>;
constexpr auto k = ct::placeholder<"k", std::int32_t, 5>;
constexpr auto W = ct::variable<"W", double, 3, 2>;
constexpr auto b = ct::variable<"b", double, 2>;
constexpr auto q = ct::variable<"q", double, 4>;
constexpr auto s = ct::variable<"s", double>;
constexpr auto T = ct::variable<"T", double, 10, 7>; // more elements than unit vectors are taken one by one
constexpr auto t = ct::placeholder<"t", double, N>;

/// What is fed: a vector a leaf.
struct data {
    std::vector<double> x{1, -2, 0.5, 0.25, -1, 1.5}, W{0.1, -0.2, 0.3, 0.4, -0.5, 0.6}, b{0.05, -0.3}, q{0.4, -0.7, 1.1, 0.3}, s{0.8},
        T = std::vector<double>(70), t{0.6, -0.9};
    std::vector<int> k{2, 0, 9, 9, 4};
    data() {
        for (std::size_t i = 0; i < T.size(); ++i) T[i] = std::sin(1 + 0.7 * static_cast<double>(i));
    }
};
template <class E>
std::vector<double> at(E e, const data& d = {}) {
    const auto found = ct::evaluate(e, x = d.x, W = d.W, b = d.b, q = d.q, s = d.s, T = d.T, t = d.t, k = d.k);
    return {found.begin(), found.end()};
}

/// Central differences of `y`, element (i, j) by element j of the leaf that `member` feeds.
template <class Y>
std::vector<double> differences(Y y, std::vector<double> data::* member) {
    const std::size_t inputs = (data{}.*member).size(), outputs = at(y).size();
    std::vector<double> slopes(inputs * outputs);
    for (std::size_t j = 0; j < inputs; ++j) {
        data up, down;
        const double h = 1e-6;
        (up.*member)[j] += h;
        (down.*member)[j] -= h;
        const auto above = at(y, up), below = at(y, down);
        for (std::size_t i = 0; i < outputs; ++i) slopes[i * inputs + j] = (above[i] - below[i]) / (2 * h);
    }
    return slopes;
}

void check_close(const std::vector<double>& found, const std::vector<double>& expected) {
    BOOST_TEST_REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        BOOST_TEST(std::abs(found[i] - expected[i]) < 2e-8 * std::fmax(1.0, std::abs(expected[i])),
                   "element " << i << ": " << found[i] << " not " << expected[i]);
}
template <class Y, class V>
void check(Y y, V leaf, std::vector<double> data::* member) {
    check_close(at(ct::jacobian(y, leaf)[leaf]), differences(y, member));
}

template <int I>
constexpr auto q_at = ct::squeeze(ct::slice(q, ct::begin<I>, ct::size<1>), ct::axis<0>);
constexpr auto first(auto e) { return ct::expand_dims(e, ct::axis<0>); }
constexpr auto curve = q_at<0> * ct::exp(-q_at<1> * t) + ct::sin(q_at<2> * t) * s;
constexpr auto three = ct::concat(ct::axis<0>, first(q_at<0>* ct::sin(q_at<1>)), first(ct::exp(q_at<2>) + s), first(q_at<0> / q_at<3>));

} // namespace

BOOST_AUTO_TEST_SUITE(transform_jacobian)

BOOST_AUTO_TEST_CASE(shapes_of_result_and_leaf) {
    static_assert(ct::jacobian(curve, q)[q].shape() == ct::shape(N, 4));
    static_assert(ct::jacobian(curve, s)[s].shape() == ct::shape(N));
    static_assert(ct::jacobian(three, q)[q].shape() == ct::shape(3, 4));
    static_assert(ct::jacobian(ct::matmul(x, W), W)[W].shape() == ct::shape(N, 2, 3, 2));
    static_assert(std::is_same_v<decltype(ct::jacobian(ct::reduce_sum(q * q), q)[q]), decltype(ct::gradient(ct::reduce_sum(q * q), q)[q])>);
}

BOOST_AUTO_TEST_CASE(it_is_central_differences) {
    check(curve, q, &data::q);
    check(curve, s, &data::s);
    check(three, q, &data::q);
    check(three, s, &data::s);
    check(ct::exp(q) * ct::sin(q), q, &data::q);
    check(ct::softmax(q), q, &data::q);
    check(ct::reduce_prod(q) * q, q, &data::q);
    check(ct::softmax(ct::matmul(x, W) + b), W, &data::W);
    check(ct::softmax(ct::matmul(x, W) + b), b, &data::b);
    check(ct::tanh(ct::matmul(ct::transpose(W), W)), W, &data::W);
    check(ct::reduce_max(ct::matmul(x, W), ct::axis<1>), W, &data::W);
    check(ct::concat(ct::axis<1>, W, ct::square(W)), W, &data::W);
    check(ct::slice(ct::square(W), ct::begin<1, 0>, ct::size<2, 1>), W, &data::W);
}

BOOST_AUTO_TEST_CASE(examples_and_rows_of_a_batch) {
    check(ct::sigmoid(ct::reduce_sum(x * ct::reduce_sum(W, ct::axis<1>), ct::axis<1>)), W, &data::W);
    check(ct::square(t) * s, t, &data::t); // diagonal
    check(ct::reduce_sum(ct::sin(x), ct::axis<1>) * t, x, &data::x);
    check(ct::reduce_sum(ct::matmul(x, W), ct::axis<1>), x, &data::x);
}

BOOST_AUTO_TEST_CASE(many_elements_on_both_sides) {
    check(ct::tanh(T), T, &data::T);
    check(ct::matmul(ct::transpose(T), ct::sin(T)), T, &data::T);
    check(ct::reduce_sum(ct::exp(T), ct::axis<1>, ct::keepdims) * T, T, &data::T);
    check(ct::reshape(ct::gather(ct::square(T), k), ct::dims<35>), T, &data::T);
    check(ct::concat(ct::axis<1>, ct::slice(T, ct::begin<0, 2>, ct::size<10, 5>), ct::transpose(ct::reshape(T, ct::dims<7, 10>))), T,
          &data::T);
    check(ct::jacobian(ct::tanh(ct::slice(T, ct::begin<0, 0>, ct::size<2, 2>)), T)[T], T, &data::T);
    check(ct::reduce_sum(ct::square(t)) * ct::where(t > 0_c, t, ct::exp(t)), t, &data::t); // examples mix: one axis more, of a named size
}

BOOST_AUTO_TEST_CASE(forward_or_reverse_as_asked) {
    constexpr auto forward = ct::jacobian(three, q, ct::mode = ct::forward)[q];
    constexpr auto reverse = ct::jacobian(three, q, ct::mode = ct::reverse)[q];
    static_assert(!std::is_same_v<decltype(forward), decltype(reverse)>);
    check_close(at(forward), at(reverse));
    check_close(at(ct::jacobian(ct::reduce_sum(q * q), q, ct::mode = ct::forward)[q]), at(ct::gradient(ct::reduce_sum(q * q), q)[q]));
    check_close(at(ct::jacobian(ct::tanh(T), T, ct::mode = ct::forward)[T]), at(ct::jacobian(ct::tanh(T), T, ct::mode = ct::reverse)[T]));
}

BOOST_AUTO_TEST_CASE(several_leaves_as_asked) {
    constexpr auto asked = ct::jacobian(curve, q, s, ct::mode = ct::forward);
    check_close(at(asked[q]), differences(curve, &data::q));
    check_close(at(asked[s]), differences(curve, &data::s));
}

BOOST_AUTO_TEST_CASE(several_leaves_at_once) {
    constexpr auto all = ct::jacobian(ct::softmax(ct::matmul(x, W) + b), W, b, s);
    check_close(at(all[W]), differences(ct::softmax(ct::matmul(x, W) + b), &data::W));
    check_close(at(all[b]), differences(ct::softmax(ct::matmul(x, W) + b), &data::b));
    BOOST_TEST(ct::to_string(all[s]) == "%0 = constant 0 float64[N,2]\nreturn %0\n");
}

BOOST_AUTO_TEST_CASE(what_is_zero_by_its_structure_is_zero) {
    BOOST_TEST(ct::to_string(ct::jacobian(curve, W)[W]) == "%0 = constant 0 float64[N,3,2]\nreturn %0\n");
    // The last column of the curve's, and all but the diagonal: no operation makes them.
    const std::string of_curve = ct::to_string(ct::jacobian(curve, q)[q]);
    BOOST_TEST(of_curve.find("constant 0 float64[N,1]") != of_curve.npos);
    BOOST_TEST(of_curve.find("multiply_no_nan") == of_curve.npos);
    data large;
    large.q = {1000, 1, 2, 3}; // exp overflows there
    const auto diagonal = at(ct::jacobian(ct::exp(q), q)[q], large);
    for (std::size_t i = 0; i < 16; ++i)
        if (i % 5 != 0)
            BOOST_TEST(diagonal[i] == 0);
        else
            BOOST_TEST((i == 0 ? std::isinf(diagonal[i]) : std::abs(diagonal[i] - std::exp(large.q[i / 5])) < 1e-12));
}

BOOST_AUTO_TEST_CASE(it_differentiates_again) {
    check(ct::jacobian(three, q)[q], q, &data::q);
    check(ct::jacobian(curve, q)[q], q, &data::q);
    constexpr auto total = ct::reduce_sum(ct::square(ct::jacobian(curve, q)[q]));
    check_close(at(ct::gradient(total, q)[q]), differences(total, &data::q));
}

BOOST_AUTO_TEST_CASE(the_way_is_explained) {
    constexpr auto y = ct::exp(ct::slice(q, ct::begin<0>, ct::size<3>));
    BOOST_TEST(ct::explain_jacobian(y, q) == "by q [4]: a pass forward for each element of the leaf; forward counts 4, reverse 2 times 3\n"
                                             "    sparse: 3 of 12 elements may differ from 0\n");
    BOOST_TEST(ct::explain_jacobian(y, q, ct::mode = ct::reverse) ==
               "by q [4]: a pass back for each element of the result; forward counts 4, reverse 2 times 3\n"
               "    sparse: 3 of 12 elements may differ from 0\n");
    BOOST_TEST(ct::explain_jacobian(ct::reduce_sum(y) * s, q, s) == "by q [4]: one pass back; forward counts 4, reverse 2 times 1\n"
                                                                    "    sparse: 3 of 4 elements may differ from 0\n"
                                                                    "by s []: one pass back; forward counts 1, reverse 2 times 1\n"
                                                                    "    dense: all 1 elements may differ from 0\n");
    BOOST_TEST(ct::explain_jacobian(ct::matmul(x, W), W)
                   .starts_with("by W [3,2]: a pass forward for each element of the leaf; "
                                "forward counts 6, reverse 2 times [N,2]\n"));
    BOOST_TEST(ct::explain_jacobian(ct::exp(s * q), b).starts_with("by b [2]: nothing to compute"));
    BOOST_TEST(ct::explain_jacobian(ct::sin(T), T).starts_with("by T [10,7]: one pass forward with all unit vectors"));
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/hessian.hpp>

#include <ctgrad/expr.hpp>
#include <ctgrad/nn.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/transform.hpp>
#include <ctgrad/transform/batch_jacobian.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N, 3>;
constexpr auto y = ct::placeholder<"y", double, N, 2>;
constexpr auto W = ct::variable<"W", double, 3, 2>;
constexpr auto b = ct::variable<"b", double, 2>;
constexpr auto s = ct::variable<"s", double>;
constexpr auto r = ct::variable<"r", double>;
constexpr auto V = ct::placeholder<"V", double, 3, 2>;

struct data {
    std::vector<double> x{1, -2, 0.5, 0.25, -1, 1.5}, y{0, 1, 1, 0}, W{0.1, -0.2, 0.3, 0.4, -0.5, 0.6}, b{0.05, -0.3}, s{0.8}, r{1.5},
        V{1, 0.5, -0.25, 2, -1, 0.75};
};
template <class E>
std::vector<double> at(E e, const data& d = {}) {
    const auto found = ct::evaluate(e, x = d.x, y = d.y, W = d.W, b = d.b, s = d.s, r = d.r, V = d.V);
    return {found.begin(), found.end()};
}
template <class Y>
std::vector<double> differences(Y of, std::vector<double> data::* member) {
    const std::size_t inputs = (data{}.*member).size(), outputs = at(of).size();
    std::vector<double> slopes(inputs * outputs);
    for (std::size_t j = 0; j < inputs; ++j) {
        data up, down;
        (up.*member)[j] += 1e-6;
        (down.*member)[j] -= 1e-6;
        const auto above = at(of, up), below = at(of, down);
        for (std::size_t i = 0; i < outputs; ++i) slopes[i * inputs + j] = (above[i] - below[i]) / 2e-6;
    }
    return slopes;
}
void check_close(const std::vector<double>& found, const std::vector<double>& expected) {
    BOOST_TEST_REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        BOOST_TEST(std::abs(found[i] - expected[i]) < 2e-8 * std::fmax(1.0, std::abs(expected[i])),
                   "element " << i << ": " << found[i] << " not " << expected[i]);
}

constexpr auto hidden = ct::tanh(ct::matmul(x, W) + b);
constexpr auto loss = ct::reduce_mean(ct::square(hidden * s - y)) + 0.1_c * ct::reduce_sum(ct::exp(W));

} // namespace

BOOST_AUTO_TEST_SUITE(transform_hessian)

BOOST_AUTO_TEST_CASE(blocks_by_two_leaves) {
    static_assert(ct::evaluate(ct::hessian(s * s * r, s, r)[s][s], s = 3.0, r = 5.0)[0] == 10);
    static_assert(ct::evaluate(ct::hessian(s * s * r, s, r)[s][r], s = 3.0, r = 5.0)[0] == 6);
    static_assert(ct::evaluate(ct::hessian(s * s * r, s, r)[r][s], s = 3.0, r = 5.0)[0] == 6);
    static_assert(ct::evaluate(ct::hessian(s * s * r, s, r)[r][r], s = 3.0, r = 5.0)[0] == 0);
    constexpr auto H = ct::hessian(loss, W, b, s);
    constexpr auto slopes = ct::gradient(loss, W, b, s);
    static_assert(H[W][W].shape() == ct::shape(3, 2, 3, 2));
    static_assert(H[W][b].shape() == ct::shape(3, 2, 2));
    static_assert(H[b][W].shape() == ct::shape(2, 3, 2));
    static_assert(H[s][b].shape() == ct::shape(2));
    check_close(at(H[W][W]), differences(slopes[W], &data::W));
    check_close(at(H[W][b]), differences(slopes[W], &data::b));
    check_close(at(H[W][s]), differences(slopes[W], &data::s));
    check_close(at(H[b][W]), differences(slopes[b], &data::W));
    check_close(at(H[b][b]), differences(slopes[b], &data::b));
    check_close(at(H[s][W]), differences(slopes[s], &data::W));
    check_close(at(H[s][s]), differences(slopes[s], &data::s));
}

BOOST_AUTO_TEST_CASE(a_vector_that_is_used_element_by_element) {
    constexpr auto q = ct::variable<"q", double, 4>;
    constexpr auto t = ct::placeholder<"t", double, N>;
    constexpr auto of_q = [=](auto first) { return ct::squeeze(ct::slice(q, first, ct::size<1>), ct::axis<0>); };
    constexpr auto a = of_q(ct::begin<0>);
    constexpr auto c = of_q(ct::begin<2>); // element 3 is not used
    constexpr auto value = ct::reduce_sum(ct::square(a * ct::exp(-of_q(ct::begin<1>) * t) + ct::sin(c * t))) - a * c;
    constexpr auto H = ct::hessian(value, q)[q][q];
    constexpr auto slope = ct::gradient(value, q)[q];
    const std::vector<double> of_t{0.1, 0.6, 1.3}, begin{0.7, -0.4, 1.2, 5};
    const auto found = ct::evaluate(H, q = begin, t = of_t), third = ct::evaluate(ct::jacobian(H, q)[q], q = begin, t = of_t);
    for (std::size_t j = 0; j < 4; ++j) {
        std::vector<double> up = begin, down = begin;
        up[j] += 1e-6;
        down[j] -= 1e-6;
        const auto above = ct::evaluate(slope, q = up, t = of_t), below = ct::evaluate(slope, q = down, t = of_t);
        const auto above_of_H = ct::evaluate(H, q = up, t = of_t), below_of_H = ct::evaluate(H, q = down, t = of_t);
        for (int i = 0; i < 4; ++i) BOOST_TEST(std::abs(found[i * 4 + static_cast<int>(j)] - (above[i] - below[i]) / 2e-6) < 1e-7);
        for (int i = 0; i < 16; ++i)
            BOOST_TEST(std::abs(third[i * 4 + static_cast<int>(j)] - (above_of_H[i] - below_of_H[i]) / 2e-6) < 1e-6);
    }
    // The two sides of the diagonal are computed once: a sum for each pair of elements that are used together.
    const std::string text = ct::to_string(H);
    int sums = 0;
    for (std::size_t at = text.find("reduce_sum"); at != text.npos; at = text.find("reduce_sum", at + 1)) ++sums;
    BOOST_TEST(sums == 6);
}

BOOST_AUTO_TEST_CASE(leaves_of_many_elements) {
    constexpr auto T = ct::variable<"T", double, 9, 10>;
    constexpr auto c = ct::variable<"c", double, 10>;
    constexpr auto value = ct::reduce_sum(ct::square(ct::tanh(T) * c)) + ct::reduce_sum(ct::matmul(ct::transpose(T), T));
    std::vector<double> of_T(90), of_c(10);
    for (std::size_t i = 0; i < 90; ++i) of_T[i] = std::sin(1 + 0.3 * static_cast<double>(i));
    for (std::size_t i = 0; i < 10; ++i) of_c[i] = 0.1 * static_cast<double>(i);
    constexpr auto H = ct::hessian(value, T, c);
    const auto of_both = ct::evaluate(H[T][T], T = of_T, c = of_c), mixed = ct::evaluate(H[T][c], T = of_T, c = of_c),
               turned = ct::evaluate(H[c][T], T = of_T, c = of_c);
    for (std::size_t j = 0; j < 90; j += 7) {
        std::vector<double> up = of_T, down = of_T;
        up[j] += 1e-6;
        down[j] -= 1e-6;
        const auto above = ct::evaluate(ct::gradient(value, T)[T], T = up, c = of_c),
                   below = ct::evaluate(ct::gradient(value, T)[T], T = down, c = of_c);
        for (int i = 0; i < 90; ++i) BOOST_TEST(std::abs(of_both[i * 90 + static_cast<int>(j)] - (above[i] - below[i]) / 2e-6) < 1e-7);
        for (int i = 0; i < 10; ++i) BOOST_TEST(mixed[static_cast<int>(j) * 10 + i] == turned[i * 90 + static_cast<int>(j)]);
    }
}

BOOST_AUTO_TEST_CASE(what_does_not_occur_is_zero) {
    static_assert(ct::evaluate(ct::hessian(s * s, s, r)[r][s])[0] == 0);
    static_assert(ct::evaluate(ct::hvp(s * s, s = 1_c, r = 1_c)[r])[0] == 0);
    static_assert(ct::hessian(s * s, s, W)[W][s].shape() == ct::shape(3, 2));
}

BOOST_AUTO_TEST_CASE(products_with_a_direction) {
    constexpr auto product = ct::hvp(loss, W = V, b = 0.5_c);
    static_assert(product[W].shape() == W.shape() && product[b].shape() == b.shape());
    const auto H = at(ct::hessian(loss, W, b)[W][W]), mixed = at(ct::hessian(loss, W, b)[W][b]);
    std::vector<double> expected(6);
    for (std::size_t i = 0; i < 6; ++i) {
        for (std::size_t j = 0; j < 6; ++j) expected[i] += H[i * 6 + j] * data{}.V[j];
        for (std::size_t j = 0; j < 2; ++j) expected[i] += mixed[i * 2 + j] * 0.5;
    }
    check_close(at(product[W]), expected);
    static_assert(ct::evaluate(ct::hvp(s * s * s, s = r)[s], s = 2.0, r = 10.0)[0] == 120);
}

BOOST_AUTO_TEST_CASE(third_derivatives) {
    static_assert(ct::evaluate(ct::gradient(ct::hvp(s * s * s, s = 1_c)[s], s)[s], s = 2.0)[0] == 6);
    constexpr auto curvature = ct::reduce_sum(ct::hvp(loss, W = V)[W] * V);
    check_close(at(ct::gradient(curvature, W)[W]), differences(curvature, &data::W));
    constexpr auto sharp = ct::reduce_sum(ct::square(ct::hessian(loss, b)[b][b]));
    check_close(at(ct::gradient(sharp, W)[W]), differences(sharp, &data::W));
}

BOOST_AUTO_TEST_CASE(jacobians_of_the_examples_of_a_batch) {
    constexpr auto all = ct::batch_jacobian(ct::softmax(hidden), x)[x];
    static_assert(all.shape() == ct::shape(N, 2, 3));
    const auto found = at(all), full = differences(ct::softmax(hidden), &data::x); // [N, 2, N, 3], on whose diagonal they lie
    std::vector<double> diagonal;
    for (std::size_t n = 0; n < 2; ++n)
        for (std::size_t i = 0; i < 2; ++i)
            for (std::size_t j = 0; j < 3; ++j) diagonal.push_back(full[((n * 2 + i) * 2 + n) * 3 + j]);
    check_close(found, diagonal);
    constexpr auto wide = ct::concat(ct::axis<1>, hidden, ct::concat(ct::axis<1>, hidden, hidden) * s); // more outputs than inputs
    static_assert(ct::batch_jacobian(wide, x)[x].shape() == ct::shape(N, 6, 3));
    static_assert(std::is_same_v<decltype(ct::batch_jacobian(ct::reduce_sum(hidden, ct::axis<1>), x)[x]),
                                 decltype(ct::gradient(ct::reduce_sum(ct::reduce_sum(hidden, ct::axis<1>)), x)[x])>);
    static_assert(ct::batch_jacobian(hidden, y)[y].shape() == ct::shape(N, 2, 2));
    BOOST_TEST(ct::to_string(ct::batch_jacobian(hidden, y)[y]) == "%0 = constant 0 float64[N,2,2]\nreturn %0\n");
}

BOOST_AUTO_TEST_CASE(questions_are_answered) {
    static_assert(ct::has_hessian<decltype(loss), decltype(W), decltype(b)>);
    static_assert(!ct::has_hessian<decltype(hidden), decltype(W)>);
    static_assert(!ct::has_hessian<decltype(loss)>);
    static_assert(ct::has_hvp<decltype(loss), decltype(W = V)>);
    static_assert(!ct::has_hvp<decltype(loss), decltype(b = V)>);
    static_assert(ct::has_jacobian<decltype(hidden), decltype(x)> == false); // [N,2] by [N,3]: neither side is static
    static_assert(ct::can_differentiate_batch<decltype(hidden), decltype(x)>);
    static_assert(!ct::can_differentiate_batch<decltype(hidden), decltype(W)>);
    static_assert(!ct::can_differentiate_batch<decltype(hidden - ct::reduce_mean(hidden, ct::axis<0>)), decltype(x)>);
}

// A long formula, whose gradient is made first: a sum of sines of products of neighbours.
constexpr auto many = ct::variable<"many", double, 20>;
template <int I>
constexpr auto one_of_many = ct::squeeze(ct::slice(many, ct::begin<I>, ct::size<1>), ct::axis<0>);
template <int I>
constexpr auto sines_from() {
    if constexpr (I == 18)
        return ct::sin(one_of_many<18> * one_of_many<19>);
    else
        return ct::sin(one_of_many<I> * one_of_many<I + 1>) + sines_from<I + 1>();
}

BOOST_AUTO_TEST_CASE(a_vector_taken_apart_into_twenty_numbers) {
    constexpr auto other = ct::variable<"other", double, 2>;
    constexpr auto all = ct::hessian(sines_from<0>(), many, other);
    static_assert(ct::evaluate(all[other][other])[3] == 0);
    static_assert(all[many][other].shape() == ct::shape(20, 2));
    std::vector<double> at(20);
    for (std::size_t i = 0; i < 20; ++i) at[i] = std::sin(1.0 + static_cast<double>(i));
    const auto found = ct::evaluate(all[many][many], many = at);
    for (std::size_t i = 0; i < 20; ++i)
        for (std::size_t j = 0; j < 20; ++j) {
            double expected = 0;
            for (std::size_t k : {i - 1, i, i + 1}) { // of a sine of a product
                if (k >= 20 || k == i) continue;
                const double product = at[i] * at[k];
                if (j == i) expected -= at[k] * at[k] * std::sin(product);
                if (j == k) expected += std::cos(product) - product * std::sin(product);
            }
            BOOST_TEST(std::abs(found[static_cast<int>(i * 20 + j)] - expected) < 1e-14);
        }
}

BOOST_AUTO_TEST_SUITE_END()

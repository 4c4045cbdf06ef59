// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/jvp.hpp>

#include <ctgrad/expr.hpp>
#include <ctgrad/nn.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <limits>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N, 3>;
constexpr auto W = ct::variable<"W", double, 3, 2>;
constexpr auto bias = ct::variable<"bias", double, 2>;
constexpr auto v = ct::placeholder<"v", double, N, 3>;
constexpr auto V = ct::placeholder<"V", double, 3, 2>;
constexpr auto u = ct::placeholder<"u", double, N, 2>;
constexpr auto q = ct::variable<"q", double>;
constexpr auto r = ct::variable<"r", double>;
constexpr auto s = ct::scalar<"s", double>;

constexpr auto y = ct::softmax(ct::matmul(ct::sigmoid(x), W) + bias);

constexpr std::array<double, 6> inputs{1, -2, 0.5, 0.25, -1, 1.5}, along_x{0.3, -0.6, 1.2, 0.1, -0.4, 2};
constexpr std::array<double, 6> weights{0.1, -0.2, 0.3, 0.4, -0.5, 0.6}, along_W{1, 0.5, -0.25, 2, -1, 0.75};
constexpr std::array<double, 2> of_bias{0.05, -0.3};
constexpr std::array<double, 4> weights_of_y{0.7, -0.1, 0.2, 0.9};

template <class E>
ct::value_list at(E e) {
    return ct::evaluate(e, x = inputs, W = weights, bias = of_bias, v = along_x, V = along_W, u = weights_of_y);
}

} // namespace

BOOST_AUTO_TEST_SUITE(transform_jvp)

BOOST_AUTO_TEST_CASE(derivatives_along_directions) {
    static_assert(ct::evaluate(ct::jvp(q * q * r, q = 1_c), q = 3.0, r = 2.0)[0] == 12);
    static_assert(ct::evaluate(ct::jvp(q * q * r, q = 1_c, r = s), q = 3.0, r = 2.0, s = 10.0)[0] == 12 + 90);
    constexpr auto along = ct::jvp(y, x = v, W = V);
    static_assert(along.shape() == ct::shape(N, 2) && along.type() == ct::dtype::float64);
    const double h = 1e-6;
    const auto moved = [](double t) {
        std::array<double, 6> p = inputs, w = weights;
        for (std::size_t i = 0; i < 6; ++i) p[i] += t * along_x[i], w[i] += t * along_W[i];
        return ct::evaluate(y, x = p, W = w, bias = of_bias);
    };
    const auto up = moved(h), down = moved(-h), found = at(along);
    for (int i = 0; i < 4; ++i) BOOST_TEST(std::abs(found[i] - (up[i] - down[i]) / (2 * h)) < 1e-9);
}

BOOST_AUTO_TEST_CASE(products_with_the_transposed_jacobian) {
    constexpr auto back = ct::vjp(y, u, x, W, bias);
    static_assert(back[x].shape() == x.shape() && back[W].shape() == W.shape() && back[bias].shape() == bias.shape());
    constexpr auto fixed = ct::gradient(ct::reduce_sum(y * u), x, W, bias);
    const auto compare = [](auto one, auto other) {
        const auto a = at(one), b = at(other);
        for (int i = 0; i < a.size(); ++i) BOOST_TEST(std::abs(a[i] - b[i]) < 1e-15);
    };
    compare(back[x], fixed[x]);
    compare(back[W], fixed[W]);
    compare(back[bias], fixed[bias]);
    static_assert(std::is_same_v<decltype(ct::vjp(q * q, 1_c, q)[q]), decltype(ct::gradient(q * q, q)[q])>);
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_zero) {
    static_assert(ct::evaluate(ct::jvp(q * q, r = 1_c))[0] == 0);
    static_assert(ct::evaluate(ct::vjp(q * q, 1_c, r)[r])[0] == 0);
    static_assert(ct::vjp(q * q, 1_c, q, W)[W].shape() == W.shape());
    BOOST_TEST(ct::to_string(ct::jvp(q * q, r = 1_c)) == "%0 = constant 0 float64[]\nreturn %0\n");
}

BOOST_AUTO_TEST_CASE(zeros_stay_zeros) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    // sqrt has an infinite slope at 0; a direction of 0 does not go there.
    BOOST_TEST(ct::evaluate(ct::jvp(ct::sqrt(q) + r, q = s, r = 1_c), q = 0.0, r = 0.0, s = 0.0)[0] == 1);
    BOOST_TEST(ct::evaluate(ct::jvp(ct::where(q > 0_c, ct::log(q), r), q = 1_c, r = 3_c), q = 0.0, r = 0.0)[0] == 3);
    BOOST_TEST(ct::evaluate(ct::vjp(ct::exp(q), s, q)[q], q = infinity, s = 0.0)[0] == 0);
}

BOOST_AUTO_TEST_CASE(they_differentiate_again) {
    static_assert(ct::evaluate(ct::jvp(ct::jvp(q * q * q, q = 1_c), q = 1_c), q = 2.0)[0] == 12);
    static_assert(ct::evaluate(ct::gradient(ct::jvp(q * q * q, q = s), q, s)[s], q = 2.0, s = 5.0)[0] == 12);
    static_assert(ct::evaluate(ct::gradient(ct::jvp(q * q * q, q = s), q, s)[q], q = 2.0, s = 5.0)[0] == 60);
    // jvp is linear in its direction: its gradient to it is the product with the transposed Jacobian.
    const auto back = at(ct::gradient(ct::reduce_sum(ct::jvp(y, W = V) * u), V)[V]), expected = at(ct::vjp(y, u, W)[W]);
    for (int i = 0; i < back.size(); ++i) BOOST_TEST(std::abs(back[i] - expected[i]) < 1e-15);
}

BOOST_AUTO_TEST_CASE(a_gradient_stops_in_both_modes) {
    static_assert(ct::evaluate(ct::jvp(ct::stop_gradient(q) * q, q = 1_c), q = 3.0)[0] == 3);
    static_assert(ct::evaluate(ct::vjp(ct::stop_gradient(q) * q, 1_c, q)[q], q = 3.0)[0] == 3);
}

BOOST_AUTO_TEST_CASE(questions_are_answered) {
    static_assert(ct::can_push_forward<decltype(y), decltype(x = v), decltype(W = 1_c)>);
    static_assert(!ct::can_push_forward<decltype(y), decltype(x = V)>);
    static_assert(!ct::can_push_forward<decltype(y), decltype(x = v), decltype(x = v)>);
    static_assert(!ct::can_push_forward<decltype(ct::argmax(y)), decltype(x = v)>);
    static_assert(!ct::can_push_forward<decltype(ct::cast<double>(ct::argmax(y))), decltype(x = v)>);
    static_assert(ct::can_pull_back<decltype(y), decltype(u), decltype(x)>);
    static_assert(!ct::can_pull_back<decltype(y), decltype(v), decltype(x)>);
    static_assert(!ct::can_pull_back<decltype(y), decltype(u)>);
    static_assert(!ct::can_pull_back<decltype(y), decltype(u), decltype(ct::sigmoid(x))>);
}

BOOST_AUTO_TEST_SUITE_END()

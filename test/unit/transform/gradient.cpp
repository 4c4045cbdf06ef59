// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/gradient.hpp>

#include <ctgrad/expr.hpp>
#include <ctgrad/graph.hpp>
#include <ctgrad/nn.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {
constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto w = ct::variable<"w", float, 3, 2>;
constexpr auto bias = ct::variable<"bias", float, 2>;

template <class E, class Leaf>
std::string printed(E loss, Leaf leaf) {
    constexpr auto slope = ct::gradient(E{}, Leaf{})[Leaf{}];
    static_assert(ct::verify(slope.graph()));
    static_assert(slope.shape() == Leaf::shape() && slope.type() == Leaf::type());
    (void)loss, (void)leaf;
    return ct::to_string(slope);
}
} // namespace

BOOST_AUTO_TEST_SUITE(transform)

BOOST_AUTO_TEST_CASE(the_gradient_of_a_matrix_product_reads_transposed_operands) {
    BOOST_TEST(printed(ct::reduce_sum(ct::square(ct::matmul(x, w))), w) == "%0 = placeholder x float32[N,3]\n"
                                                                           "%1 = view[1,0](%0) float32[3,N]\n"
                                                                           "%2 = variable w float32[3,2]\n"
                                                                           "%3 = matmul(%0, %2) float32[N,2]\n"
                                                                           "%4 = constant 2 float32[N,2]\n"
                                                                           "%5 = multiply(%3, %4) float32[N,2]\n"
                                                                           "%6 = matmul(%1, %5) float32[3,2]\n"
                                                                           "return %6\n");
}

BOOST_AUTO_TEST_CASE(the_gradient_of_a_sum_to_a_bias_counts_rows) {
    BOOST_TEST(printed(ct::reduce_sum(ct::matmul(x, w) + bias), bias) == "%0 = size N float32[]\n"
                                                                         "%1 = view[-1](%0) float32[2]\n"
                                                                         "return %1\n");
    BOOST_TEST(printed(ct::reduce_mean(ct::matmul(x, w) + bias), bias).find("matmul") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_shared_node_is_differentiated_once) {
    constexpr auto shared = ct::tanh(x);
    constexpr auto slope = ct::gradient(ct::reduce_sum(shared * shared + ct::exp(shared)), x)[x];
    int tanhs = 0;
    for (int i = 0; i < slope.graph().size; ++i) tanhs += slope.graph()[i].op == &ct::info<ct::tanh_op> ? 1 : 0;
    BOOST_TEST(tanhs == 1);
}

BOOST_AUTO_TEST_CASE(two_branches_of_a_where_become_one) {
    constexpr auto bent = ct::where(ct::abs(x) < 1_c, 0.5_c * ct::square(x), ct::abs(x) - 0.5_c);
    BOOST_TEST(printed(ct::reduce_sum(bent), x) == "%0 = placeholder x float32[N,3]\n"
                                                   "%1 = abs(%0) float32[N,3]\n"
                                                   "%2 = constant 1 float32[N,3]\n"
                                                   "%3 = less(%1, %2) bool[N,3]\n"
                                                   "%4 = sign(%0) float32[N,3]\n"
                                                   "%5 = where(%3, %0, %4) float32[N,3]\n"
                                                   "return %5\n");
}

BOOST_AUTO_TEST_CASE(gradients_are_keyed_by_leaf) {
    constexpr auto loss = ct::reduce_sum(ct::square(ct::matmul(x, w) + bias));
    constexpr auto grads = ct::gradient(loss, w, bias);
    static_assert(grads[w].shape() == w.shape());
    static_assert(grads[bias].shape() == bias.shape());
    static_assert(std::is_same_v<decltype(grads[w]), decltype(ct::gradient(loss, bias, w)[w])>);
}

BOOST_AUTO_TEST_CASE(the_gradient_of_a_leaf_to_itself_is_1) {
    constexpr auto s = ct::scalar<"s", float>;
    BOOST_TEST(printed(s, s) == "%0 = constant 1 float32[]\nreturn %0\n");
}

BOOST_AUTO_TEST_CASE(zeros_for_what_is_not_connected) {
    constexpr auto a = ct::variable<"a", double>;
    constexpr auto b = ct::variable<"b", double, 3>;
    constexpr auto c = ct::variable<"c", double>;
    constexpr auto loss = a * a + ct::stop_gradient(c) + ct::cast<double>(ct::cast<std::int32_t>(a));
    constexpr auto slopes = ct::gradient(loss, a, b, c, ct::unconnected = ct::zeros);
    static_assert(std::is_same_v<decltype(slopes[a]), decltype(ct::gradient(loss, a)[a])>);
    static_assert(slopes[b].shape() == ct::shape(3));
    static_assert(ct::evaluate(slopes[b])[1] == 0);
    static_assert(ct::evaluate(slopes[c])[0] == 0);
    static_assert(ct::evaluate(ct::gradient(loss, c, ct::unconnected = ct::zeros)[c])[0] == 0);
}

BOOST_AUTO_TEST_SUITE_END()

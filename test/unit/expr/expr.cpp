// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/expr.hpp>

#include <ctgrad/graph.hpp>
#include <ctgrad/ops.hpp>

#include <boost/test/unit_test.hpp>

#include <type_traits>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {
constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto w = ct::variable<"w", float, 3, 2>;
constexpr auto bias = ct::variable<"bias", float, 2>;
constexpr auto rate = ct::scalar<"rate", double>;

template <class A, class B>
constexpr bool same(A, B) {
    return std::is_same_v<A, B>;
}
} // namespace

BOOST_AUTO_TEST_SUITE(expr)

BOOST_AUTO_TEST_CASE(expressions_are_empty_and_know_shape_and_dtype) {
    static_assert(std::is_empty_v<decltype(x)> && std::is_trivially_copyable_v<decltype(x)>);
    static_assert(x.shape() == ct::shape(N, 3) && x.type() == ct::dtype::float32 && x.rank == 2);
    static_assert(rate.rank == 0 && rate.type() == ct::dtype::float64);
    static_assert((ct::matmul(x, w) + bias).shape() == ct::shape(N, 2));
    static_assert((x > 0_c).type() == ct::dtype::boolean);
}

BOOST_AUTO_TEST_CASE(equal_programs_have_one_type) {
    static_assert(same(x, ct::placeholder<"x", float, N, 3>));
    static_assert(same(x * x + 1_c, x * x + 1_c));
    static_assert(!same(x + 1_c, x + 2_c));
    static_assert(!same(x, ct::variable<"x", float, N, 3>));
    static_assert(!same(x, ct::placeholder<"y", float, N, 3>));
    static_assert(!same(x - 1_c, 1_c - x));
}

BOOST_AUTO_TEST_CASE(an_equal_subexpression_exists_once) {
    constexpr auto square = x * x;
    constexpr auto sum = (square + 1_c) * (square + 1_c) - square;
    static_assert(sum.graph().size == 6); // x, x * x, 1, the sum, its square, the difference
    static_assert(ct::verify(sum.graph()));
}

BOOST_AUTO_TEST_CASE(a_number_takes_the_dtype_and_shape_that_it_meets) {
    static_assert((rate * 0.5_c).type() == ct::dtype::float64);
    static_assert((0.5_c + x).shape() == ct::shape(N, 3));
    static_assert(ct::where(x > 0_c, x, 0_c).type() == ct::dtype::float32);
    static_assert(same(0.25_c + 0.5_c, 0.75_c));
    static_assert(same(-0.5_c, 0_c - 0.5_c));
}

BOOST_AUTO_TEST_CASE(programs_print_one_line_a_node) {
    BOOST_TEST(ct::to_string(ct::matmul(x, w) + bias) == "%0 = placeholder x float32[N,3]\n"
                                                         "%1 = variable w float32[3,2]\n"
                                                         "%2 = matmul(%0, %1) float32[N,2]\n"
                                                         "%3 = variable bias float32[2]\n"
                                                         "%4 = view[-1,0](%3) float32[N,2]\n"
                                                         "%5 = add(%2, %4) float32[N,2]\n"
                                                         "return %5\n");
    BOOST_TEST(ct::to_string(rate * 0.5_c) == "%0 = placeholder rate float64[]\n"
                                              "%1 = constant 0.5 float64[]\n"
                                              "%2 = multiply(%0, %1) float64[]\n"
                                              "return %2\n");
}

BOOST_AUTO_TEST_CASE(what_was_reported_is_accepted_silently) {
    constexpr ct::poison mistake{};
    static_assert(same(mistake + x, mistake));
    static_assert(same(ct::reduce_sum(mistake, ct::axis<3>), mistake));
    static_assert(same(ct::matmul(x, mistake), mistake));
    static_assert(same(mistake[x], mistake));
}

BOOST_AUTO_TEST_SUITE_END()

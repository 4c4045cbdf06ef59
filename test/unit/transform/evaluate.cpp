// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/evaluate.hpp>

#include <ctgrad/nn.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <limits>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {
constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;
constexpr auto x = ct::placeholder<"x", double, N, 2>;
constexpr auto w = ct::variable<"w", double, 2>;
constexpr auto t = ct::placeholder<"t", double, N>;
constexpr auto rate = ct::scalar<"rate", double>;

constexpr auto error = ct::reduce_sum(x * w, ct::axis<1>) - t;
constexpr auto loss = ct::reduce_mean(ct::square(error));
} // namespace

BOOST_AUTO_TEST_SUITE(transform)

BOOST_AUTO_TEST_CASE(a_value_is_known_at_compile_time) {
    static_assert(ct::evaluate(ct::square(rate), rate = 3.0)[0] == 9);
    static_assert(ct::evaluate(loss, x = std::array{1.0, 2.0, 3.0, 4.0}, w = std::array{1.0, 1.0}, t = std::array{2.0, 5.0})[0] == 2.5);
}

BOOST_AUTO_TEST_CASE(a_quotient_by_zero_is_known_at_compile_time) {
    static_assert([] {
        const auto of_zero = ct::evaluate(ct::concat(ct::axis<0>, w / (0_c * w), 0_c * w / -(0_c * w)), w = std::array{3.0, -3.0});
        constexpr double infinity = std::numeric_limits<double>::infinity();
        return of_zero[0] == infinity && of_zero[1] == infinity && of_zero[2] != of_zero[2]; // -3 / -0, 0 / 0
    }());
}

BOOST_AUTO_TEST_CASE(a_gradient_is_known_at_compile_time) {
    // errors 1 and 2: the gradient is 2/2 (1 [1, 2] + 2 [3, 4])
    constexpr auto grads = ct::gradient(loss, w, x);
    static_assert(ct::evaluate(grads[w], x = std::array{1.0, 2.0, 3.0, 4.0}, w = std::array{1.0, 1.0}, t = std::array{2.0, 5.0})[0] == 7);
    static_assert(ct::evaluate(grads[w], x = std::array{1.0, 2.0, 3.0, 4.0}, w = std::array{1.0, 1.0}, t = std::array{2.0, 5.0})[1] == 10);
    static_assert(ct::evaluate(grads[x], x = std::array{1.0, 2.0, 3.0, 4.0}, w = std::array{1.0, 0.5}, t = std::array{2.0, 5.0})[3] == 0);
    // the Hessian of w0^3 w1, applied to [1, 0]
    constexpr auto w0 = ct::slice(w, ct::begin<0>, ct::size<1>);
    constexpr auto w1 = ct::slice(w, ct::begin<1>, ct::size<1>);
    constexpr auto cubic = ct::reduce_sum(w0 * w0 * w0 * w1);
    constexpr auto first = ct::slice(ct::gradient(cubic, w)[w], ct::begin<0>, ct::size<1>);
    constexpr auto second = ct::gradient(ct::reduce_sum(first), w)[w];
    static_assert(ct::evaluate(second, w = std::array{2.0, 5.0})[0] == 60);
    static_assert(ct::evaluate(second, w = std::array{2.0, 5.0})[1] == 12);
}

BOOST_AUTO_TEST_CASE(a_softmax_gradient_is_known_at_compile_time) {
    constexpr auto z = ct::placeholder<"z", double, 1, 2>;
    constexpr auto y = ct::placeholder<"y", double, 1, 2>;
    constexpr auto mean = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y, ct::logits = z));
    static_assert(ct::evaluate(ct::gradient(mean, z)[z], z = std::array{1.0, 1.0}, y = std::array{1.0, 0.0})[0] == -0.5);
}

BOOST_AUTO_TEST_CASE(results_are_rounded_to_their_dtype) {
    constexpr auto single = ct::scalar<"single", float>;
    static_assert(ct::evaluate(single + 0.1_c, single = 0.2f)[0] == static_cast<double>(0.1f + 0.2f));
    static_assert(ct::evaluate(ct::cast<std::int32_t>(single), single = -1.75f)[0] == -1);
    static_assert(ct::evaluate(single > 0_c, single = 2.0f)[0] == 1);
}

BOOST_AUTO_TEST_CASE(data_are_any_range) {
    const std::vector<float> rows{1, 2, 3, 4, 5, 6};
    const double weights[]{1, 10};
    const auto sums = ct::evaluate(ct::reduce_sum(x * w, ct::axis<1>), x = rows, w = weights);
    BOOST_TEST(sums.size() == 3);
    BOOST_TEST(sums[2] == 65);
}

BOOST_AUTO_TEST_CASE(sizes_of_named_dimensions_follow_from_the_data) {
    constexpr auto a = ct::placeholder<"a", double, N, M>;
    constexpr auto b = ct::placeholder<"b", double, M>;
    static_assert(ct::evaluate(ct::reduce_sum(a + b), a = std::array{1.0, 2.0, 3.0, 4.0, 5.0, 6.0}, b = std::array{0.0, 0.0, 1.0})[0] ==
                  23);
}

BOOST_AUTO_TEST_CASE(data_that_do_not_fit_are_refused) {
    BOOST_CHECK_THROW(ct::evaluate(loss, x = std::vector<double>(3), w = std::vector<double>(2), t = std::vector<double>(2)), ct::error);
    BOOST_CHECK_THROW(ct::evaluate(loss, x = std::vector<double>(4), w = std::vector<double>(2), t = std::vector<double>(3)), ct::error);
    BOOST_CHECK_THROW(ct::evaluate(loss, x = std::vector<double>(4), w = std::vector<double>(2)), ct::error);
}

BOOST_AUTO_TEST_SUITE_END()

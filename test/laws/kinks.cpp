// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/nn.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/transform.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

// Where a function has no derivative, the gradient is TensorFlow's (semantics.md, 2.9).

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto x = ct::placeholder<"x", double, 3>;
constexpr auto y = ct::placeholder<"y", double, 3>;
constexpr double infinity = std::numeric_limits<double>::infinity();

using three = std::array<double, 3>;

/// The gradient of the sum of `of` with respect to `leaf`.
template <class E, class Leaf, class... Bindings>
constexpr std::vector<double> gradient_of(E of, Leaf leaf, const Bindings&... bindings) {
    const ct::value_list values = ct::evaluate(ct::gradient(ct::reduce_sum(of), leaf)[leaf], bindings...);
    return {values.begin(), values.end()};
}

void check(const std::vector<double>& found, const std::vector<double>& expected) {
    BOOST_TEST(found == expected, boost::test_tools::per_element());
}

} // namespace

BOOST_AUTO_TEST_SUITE(laws)

BOOST_AUTO_TEST_CASE(abs_at_0_is_0) { check(gradient_of(ct::abs(x), x, x = three{-1, 0, 1}), {-1, 0, 1}); }

BOOST_AUTO_TEST_CASE(sign_is_flat) { check(gradient_of(ct::sign(x), x, x = three{-1, 0, 1}), {0, 0, 0}); }

BOOST_AUTO_TEST_CASE(steps_are_flat) {
    const three at{-1, 0.5, 2.25};
    check(gradient_of(ct::floor(x) + ct::ceil(x) + ct::round(x) + ct::trunc(x), x, x = at), {0, 0, 0});
    check(gradient_of(ct::mod(x, y), x, x = at, y = three{0.5, 0.5, -2}), {1, 1, 1});
    check(gradient_of(ct::mod(x, y), y, x = at, y = three{0.5, 0.5, -2}), {2, -1, 2});
}

BOOST_AUTO_TEST_CASE(hypot_at_the_origin_is_0) {
    check(gradient_of(ct::hypot(x, y), x, x = three{0, 3, -4}, y = three{0, 4, 0}), {0, 0.6, -1});
}

BOOST_AUTO_TEST_CASE(a_quotient_by_0_that_is_0_is_flat) {
    check(gradient_of(ct::divide_no_nan(x, y), x, x = three{1, 2, 3}, y = three{0, 4, 2}), {0, 0.25, 0.5});
    check(gradient_of(ct::divide_no_nan(x, y), y, x = three{1, 2, 3}, y = three{0, 4, 2}), {0, -0.125, -0.75});
}

BOOST_AUTO_TEST_CASE(what_where_hides_of_arcs_is_0) {
    const three at{1, 0, 2};
    check(gradient_of(ct::where(ct::abs(x) < 1_c, ct::asin(x) - ct::acos(x) + ct::atanh(x), 0_c), x, x = at), {0, 3, 0});
    check(gradient_of(ct::where(x > 1_c, ct::acosh(x), x), x, x = three{1, 0, 1.25}), {1, 1, 4.0 / 3});
    check(gradient_of(ct::where(x > 0_c, ct::cbrt(x) + ct::log2(x) * 0_c, 0_c), x, x = three{0, -1, 1}), {0, 0, 1 / 3.0});
    check(gradient_of(ct::where(x > 0_c, ct::atan2(x, y), 0_c), x, x = three{0, -1, 3}, y = three{0, 0, 4}), {0, 0, 0.16});
}

BOOST_AUTO_TEST_CASE(relu_at_0_is_0) { check(gradient_of(ct::relu(x), x, x = three{-1, 0, 1}), {0, 0, 1}); }

BOOST_AUTO_TEST_CASE(a_tie_of_maximum_goes_to_the_first) {
    const three a{1, 2, 3}, b{1, 3, 2};
    check(gradient_of(ct::maximum(x, y), x, x = a, y = b), {1, 0, 1});
    check(gradient_of(ct::maximum(x, y), y, x = a, y = b), {0, 1, 0});
}

BOOST_AUTO_TEST_CASE(a_tie_of_minimum_goes_to_the_first) {
    const three a{1, 2, 3}, b{1, 3, 2};
    check(gradient_of(ct::minimum(x, y), x, x = a, y = b), {1, 1, 0});
    check(gradient_of(ct::minimum(x, y), y, x = a, y = b), {0, 0, 1});
}

BOOST_AUTO_TEST_CASE(hinge_at_the_margin_is_not_flat) { check(gradient_of(ct::maximum(1_c - x, 0_c), x, x = three{0, 1, 2}), {-1, -1, 0}); }

BOOST_AUTO_TEST_CASE(a_tie_of_reduce_max_is_shared) {
    check(gradient_of(ct::reduce_max(x), x, x = three{2, 1, 2}), {0.5, 0, 0.5});
    check(gradient_of(ct::reduce_min(x), x, x = three{2, 2, 2}), {1 / 3.0, 1 / 3.0, 1 / 3.0});
}

BOOST_AUTO_TEST_CASE(clip_at_a_bound_is_1) { check(gradient_of(ct::clip_by_value(x, -1_c, 1_c), x, x = three{-1, 1, 1.5}), {1, 1, 0}); }

BOOST_AUTO_TEST_CASE(sqrt_at_0_is_infinite) { check(gradient_of(ct::sqrt(x), x, x = three{0, 1, 4}), {infinity, 0.5, 0.25}); }

BOOST_AUTO_TEST_CASE(the_exponent_of_a_power_of_0_gets_0) {
    check(gradient_of(ct::pow(x, y), y, x = three{0, 1, -2}, y = three{2, 5, 2}), {0, 0, 0});
}

BOOST_AUTO_TEST_CASE(the_base_of_a_power_may_be_0) {
    check(gradient_of(ct::pow(x, y), x, x = three{0, 0, 3}, y = three{2, 1, 0}), {0, 1, 0});
    check(gradient_of(ct::pow(x, 3_c), x, x = three{0, -1, 2}), {0, 3, 12});
}

BOOST_AUTO_TEST_CASE(a_product_with_zeros_is_exact) {
    check(gradient_of(ct::reduce_prod(x), x, x = three{2, 0, 5}), {0, 10, 0});
    check(gradient_of(ct::reduce_prod(x), x, x = three{0, 3, 0}), {0, 0, 0});
}

BOOST_AUTO_TEST_CASE(sigmoid_cross_entropy_at_0_is_one_half_less_the_label) {
    check(gradient_of(ct::sigmoid_cross_entropy_with_logits(ct::labels = y, ct::logits = x), x, x = three{0, 0, 0}, y = three{0, 1, 0.25}),
          {0.5, -0.5, 0.25});
}

BOOST_AUTO_TEST_CASE(huber_at_its_bend_is_delta) {
    constexpr auto huber = ct::where(ct::abs(x) <= 1_c, 0.5_c * ct::square(x), ct::abs(x) - 0.5_c);
    check(gradient_of(huber, x, x = three{-1, 1, 2}), {-1, 1, 1});
}

BOOST_AUTO_TEST_CASE(a_cast_to_float_and_back_has_slope_1) {
    check(gradient_of(ct::cast<double>(ct::cast<float>(x)), x, x = three{-1, 0, 0.1}), {1, 1, 1});
}

BOOST_AUTO_TEST_CASE(stop_gradient_stops_one_path_only) { check(gradient_of(x * ct::stop_gradient(x), x, x = three{1, 2, 3}), {1, 2, 3}); }

BOOST_AUTO_TEST_CASE(repeated_indices_add_up) {
    constexpr auto k = ct::placeholder<"k", std::int32_t, 4>;
    check(gradient_of(ct::gather(x, k), x, x = three{1, 2, 3}, k = std::array{2, 0, 2, 7}), {1, 0, 2});
}

BOOST_AUTO_TEST_SUITE_END()

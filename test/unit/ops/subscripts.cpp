// SPDX-License-Identifier: BSL-1.0

#include "agree.hpp"

namespace ct = ctgrad;
using namespace ct::literals;
using ct::test::check_slopes;
using ct::test::check_values;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto q = ct::placeholder<"q", double, 4>;
constexpr auto W = ct::placeholder<"W", double, 2, 3>;
constexpr auto x = ct::placeholder<"x", double, N, 5>;

constexpr std::array<double, 4> of_q{3, -1, 2, 5};
constexpr std::array<double, 6> of_W{1, 2, 3, 4, 5, 6};
constexpr std::array<double, 10> of_x{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

constexpr double kernel[2][3] = {{1, -2, 1}, {0.5, 4, 2}};
constexpr std::array whole{7, 8, 9};
constexpr double rate = 0.25;
constexpr int three = 3;

} // namespace

BOOST_AUTO_TEST_SUITE(ops)

BOOST_AUTO_TEST_CASE(at_takes_elements_and_parts) {
    static_assert(q[ct::at<2>].rank == 0 && W[ct::at<1>].shape() == ct::shape(3) && W[ct::at<1, 2>].rank == 0);
    check_slopes(q[ct::at<2>] * q[ct::at<-1>], {10}, q, of_q);
    check_slopes(W[ct::at<-1>] * W[ct::at<0, 1>], {8, 10, 12}, W, of_W);
}

BOOST_AUTO_TEST_CASE(ranges_take_boxes_and_steps) {
    static_assert(x[(ct::range<>, ct::range<1, -1>)].shape() == ct::shape(N, 3));
    check_slopes(q[ct::range<1, 3>], {-1, 2}, q, of_q);
    check_slopes(x[(ct::range<>, ct::at<1>)], {2, 7}, x, of_x);
    check_slopes(x[(ct::range<>, ct::range<1, ct::to_end, 2>)], {2, 4, 7, 9}, x, of_x);
    check_slopes(W[(ct::range<0, 2>, ct::range<0, 3, 2>)], {1, 3, 4, 6}, W, of_W);
    check_slopes(q[ct::range<-3, ct::to_end>][ct::at<0>], {-1}, q, of_q);
}

BOOST_AUTO_TEST_CASE(reverse_turns_axes) {
    check_slopes(ct::reverse(x, ct::axis<1>), {5, 4, 3, 2, 1, 10, 9, 8, 7, 6}, x, of_x);
    check_slopes(ct::flip(W) * W, {6, 10, 12, 12, 10, 6}, W, of_W);
    check_slopes(ct::reduce_sum(ct::reverse(ct::exp(q * 0.1_c)) * q),
                 {3 * std::exp(0.5) - std::exp(0.2) + 2 * std::exp(-0.1) + 5 * std::exp(0.3)}, q, of_q);
}

// What a loop generates begins where a view of it does.
BOOST_AUTO_TEST_CASE(positions_are_counted_from_where_a_view_begins) {
    constexpr auto places =
        ct::transpose(ct::broadcast_to(ct::cast<double>(ct::constant<std::int32_t, ct::entries{0, 1, 2, 3, 4}>()), ct::dims<3, 5>));
    check_values(places[(ct::range<2, 5>, ct::range<1, 3>)], {2, 2, 3, 3, 4, 4});
    constexpr auto columns = ct::detail::positions_in<ct::dims_t<3, 5>, 1>();
    check_values(ct::slice(ct::transpose(columns), ct::begin<2, 1>, ct::size<3, 2>), {2, 2, 3, 3, 4, 4});
    check_values(ct::reverse(ct::transpose(columns))[(ct::range<1, 3>, ct::at<0>)], {3, 2});
}

BOOST_AUTO_TEST_CASE(numbers_stand_in_the_type) {
    static_assert(ct::constant<float, ct::entries{{1, 2}, {3, 4}}>().shape() == ct::shape(2, 2));
    check_values(ct::constant<double, ct::entries{1.5, -2, 3}>(), {1.5, -2, 3});
    check_values(ct::constant<double, ct::entries(kernel)>(), {1, -2, 1, 0.5, 4, 2});
    check_values(ct::constant<std::int32_t, ct::entries(whole)>(), {7, 8, 9});
    check_slopes(ct::matmul(W, ct::constant<double, ct::entries{{1, 2}, {3, 4}, {5, 6}}>()), {22, 28, 49, 64}, W, of_W);
    check_slopes(W * ct::constant<double, ct::entries(kernel)>(), {1, -4, 3, 2, 20, 12}, W, of_W);
    check_slopes(q * ct::number<rate / 2> + ct::number<three>, {3.375, 2.875, 3.25, 3.625}, q, of_q);
}

// A compiler shows only some entries of an array in the name of a type.
BOOST_AUTO_TEST_CASE(long_tables_are_told_apart) {
    constexpr auto one = ct::constant<double, ct::entries{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}>();
    constexpr auto other = ct::constant<double, ct::entries{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14}>();
    check_values(other - one, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
}

BOOST_AUTO_TEST_SUITE_END()

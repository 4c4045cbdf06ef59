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
constexpr auto x = ct::placeholder<"x", double, N, 4>;

constexpr std::array<double, 4> of_q{3, -1, 2, 5};
constexpr std::array<double, 6> of_W{1, 2, 3, 4, 5, 6};
constexpr std::array<double, 8> of_x{1, 7, 7, 4, 5, 6, 2, 8};

} // namespace

BOOST_AUTO_TEST_SUITE(ops)

BOOST_AUTO_TEST_CASE(stack_puts_side_by_side) {
    check_slopes(ct::stack(q, ct::square(q)), {3, -1, 2, 5, 9, 1, 4, 25}, q, of_q);
    check_slopes(ct::stack(q, q * 2_c, ct::axis<-1>), {3, 6, -1, -2, 2, 4, 5, 10}, q, of_q);
    check_slopes(ct::stack(ct::axis<1>, x, x), {1, 7, 7, 4, 1, 7, 7, 4, 5, 6, 2, 8, 5, 6, 2, 8}, x, of_x);
}

BOOST_AUTO_TEST_CASE(split_and_unstack_take_apart) {
    const auto [a, b] = ct::split(x, ct::parts<2>, ct::axis<1>);
    check_slopes(a * b, {7, 28, 10, 48}, x, of_x);
    const auto [first, rest] = ct::split(q, ct::parts<1, 3>);
    check_slopes(first + rest, {2, 5, 8}, q, of_q);
    const auto [u, v, w] = ct::unstack(W, ct::axis<1>);
    check_slopes(u * w - v, {1, 19}, W, of_W);
    const auto [q0, q1, q2, q3] = ct::unstack(q);
    check_slopes(ct::stack(q0 * q3, q1 - q2), {15, -3}, q, of_q);
}

BOOST_AUTO_TEST_CASE(tile_repeat_and_roll_copy_and_move) {
    check_slopes(ct::tile(q, ct::times<2>), {3, -1, 2, 5, 3, -1, 2, 5}, q, of_q);
    check_slopes(ct::tile(W, ct::times<2, 2>), {1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6, 1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6}, W, of_W);
    check_slopes(ct::tile(x, ct::times<1, 2>), {1, 7, 7, 4, 1, 7, 7, 4, 5, 6, 2, 8, 5, 6, 2, 8}, x, of_x);
    check_slopes(ct::repeat(q, ct::times<2>), {3, 3, -1, -1, 2, 2, 5, 5}, q, of_q);
    check_slopes(ct::repeat(W, ct::times<2>, ct::axis<-1>), {1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6}, W, of_W);
    check_slopes(ct::roll(q, ct::shift<1>), {5, 3, -1, 2}, q, of_q);
    check_slopes(ct::roll(x, ct::shift<-1>, ct::axis<1>) - x, {6, 0, -3, -3, 1, -4, 6, -3}, x, of_x);
}

BOOST_AUTO_TEST_CASE(triangles_keep_a_side_of_a_diagonal) {
    check_slopes(ct::tril(W), {1, 0, 0, 4, 5, 0}, W, of_W);
    check_slopes(ct::triu(W, ct::diagonal<1>), {0, 2, 3, 0, 0, 6}, W, of_W);
    check_values(ct::eye<double, 2, 3>, {1, 0, 0, 0, 1, 0});
    check_values(ct::eye<float, 3, 3, -1>, {0, 0, 0, 1, 0, 0, 0, 1, 0});
    check_values(ct::linspace<double>(0_c, 1_c, ct::num<5>), {0, 0.25, 0.5, 0.75, 1});
    check_slopes(ct::linspace<double>(q[ct::at<0>], q[ct::at<3>], ct::num<3>), {3, 4, 5}, q, of_q);
}

BOOST_AUTO_TEST_CASE(norms_and_variances_along_axes) {
    check_slopes(ct::norm(q), {std::sqrt(39.0)}, q, of_q);
    check_slopes(ct::norm(x, ct::order<1>, ct::axis<1>), {19, 21}, x, of_x);
    check_slopes(ct::norm(W, ct::order<ct::infinite>, ct::axis<0>, ct::keepdims), {4, 5, 6}, W, of_W);
    check_slopes(ct::reduce_variance(x, ct::axis<1>), {6.1875, 4.6875}, x, of_x);
    check_slopes(ct::reduce_std(q, ct::ddof<1>), {2.5}, q, of_q);
    check_slopes(ct::reduce_std(W, ct::axis<0>, ct::keepdims, ct::ddof<1>), {std::sqrt(4.5), std::sqrt(4.5), std::sqrt(4.5)}, W, of_W);
    check_values(ct::norm(q), {5e200}, q = std::array<double, 4>{3e200, 0, -4e200, 0});
    check_values(ct::gradient(ct::reduce_std(q), q)[q], {0, 0, 0, 0}, q = std::array<double, 4>{2, 2, 2, 2});
}

BOOST_AUTO_TEST_CASE(masks_and_smallest_elements_are_reduced) {
    check_values(ct::reduce_any(x > 7_c, ct::axis<1>), {0, 1}, x = of_x);
    check_values(ct::reduce_all(x > 1.5_c, ct::axis<1>, ct::keepdims), {0, 1}, x = of_x);
    check_values(ct::reduce_any(q > 7_c), {0}, q = of_q);
    check_values(ct::argmin(x, ct::axis<1>), {0, 2}, x = of_x);
    check_values(ct::argmin(-x, ct::axis<1>), {1, 3}, x = of_x);
    constexpr auto k = ct::placeholder<"k", std::int32_t, 3>;
    check_values(ct::argmin(k), {1}, k = std::array<std::int32_t, 3>{5, -2147483647 - 1, 5});
}

BOOST_AUTO_TEST_SUITE_END()

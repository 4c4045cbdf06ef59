// SPDX-License-Identifier: BSL-1.0

// Steps made of ops of every kind.

#include "scan_laws.hpp"

using namespace scans;

namespace {

constexpr auto chosen =
    ct::cast<std::int32_t>(ct::abs(ct::squeeze(ct::slice(x, ct::begin<0, 0, 0>, ct::size<-1, -1, 1>), ct::axis<2>)) * 2.9_c);
constexpr auto counts = ct::squeeze(ct::slice(x, ct::begin<0, 0, 1>, ct::size<-1, -1, 1>), ct::axis<2>) > -0.2_c;

constexpr auto q = ct::placeholder<"q", double, 2>;
constexpr auto inner = ct::reduce_sum(ct::square(ct::square(q) - b));
constexpr auto inner_slope = ct::gradient(inner, q)[q];

} // namespace

BOOST_AUTO_TEST_SUITE(transform_scan_steps)

BOOST_AUTO_TEST_CASE(rows_of_a_table_and_masks) {
    // int32 and bool sequences; where the mask fails the state stays
    constexpr auto made = ct::scan(
        [](auto h, auto both) {
            auto [row, counted] = both;
            auto next = ct::tanh(ct::gather(W, row) + ct::matmul(h, U));
            auto kept = ct::where(ct::expand_dims(counted, ct::axis<1>), next, h);
            return std::make_tuple(kept, ct::reduce_max(kept, ct::axis<1>));
        },
        h0, std::make_tuple(chosen, counts));
    constexpr auto loss = ct::reduce_sum(ct::square(std::get<1>(made))) + ct::reduce_sum(std::get<0>(made));
    check_value(std::get<1>(made), numbers(5, 3));
    check_slope<2>(loss, W, numbers(5, 3));
    check_slope<1>(loss, h0, numbers(5, 3));
}

BOOST_AUTO_TEST_CASE(gates_that_are_parts_of_one_product) {
    constexpr auto made = ct::scan(
        [](auto state, auto xt) {
            auto [h, cell] = state;
            auto z = ct::concat(ct::axis<1>, ct::matmul(xt, W), ct::matmul(h, U) + b);
            auto gate = ct::sigmoid(ct::slice(z, ct::begin<0, 0>, ct::size<-1, 2>));
            auto fresh = ct::tanh(ct::slice(z, ct::begin<0, 2>, ct::size<-1, 2>));
            auto next = gate * cell + (1_c - gate) * fresh;
            return std::make_tuple(std::make_tuple(next * fresh, next), ct::transpose(z));
        },
        std::make_tuple(h0, ct::zeros_like(h0)), x);
    constexpr auto loss = ct::reduce_mean(ct::square(std::get<1>(made))) + ct::reduce_sum(std::get<1>(std::get<0>(made)));
    check_value(std::get<1>(made), numbers());
    check_slope<2>(loss, W);
    check_slope<3>(loss, U);
    check_slope<4>(loss, b);
}

BOOST_AUTO_TEST_CASE(a_state_normalized_in_each_step) {
    constexpr auto made = ct::fold(
        [](auto v, auto st) {
            auto next = ct::matmul(U, v) + st * ct::expand_dims(b, ct::axis<1>);
            return next / ct::sqrt(ct::reduce_sum(ct::square(next)));
        },
        ct::expand_dims(b, ct::axis<1>), s);
    check_slope<3>(ct::reduce_sum(made * ct::expand_dims(b, ct::axis<1>)), U);
    check_slope<5>(ct::reduce_sum(made * ct::expand_dims(b, ct::axis<1>)), s);
}

BOOST_AUTO_TEST_CASE(meant_zeros_stay) {
    // the last state has an infinite slope, and nothing of it is used
    constexpr auto made = ct::scan([](auto y, auto st) { return std::make_tuple(ct::sqrt(y * y * 0_c + st * 0_c), st * y * y); }, a, s);
    constexpr auto g = ct::gradient(ct::squeeze(ct::slice(std::get<1>(made), ct::begin<0>, ct::size<1>), ct::axis<0>), a)[a];
    numbers at;
    const double slope = at.computed(ct::function{g})[0];
    BOOST_TEST(slope == 2 * at.of[5][0] * at.of[6][0]);
}

BOOST_AUTO_TEST_CASE(a_gradient_within_a_step) {
    // steps of gradient descent, and the gradient of where they end with respect to where they begin and to the rate
    constexpr auto last = ct::fold([](auto at) { return at - 0.05_c * a * ct::substitute(inner_slope, q = at); }, ct::exp(b), ct::times<6>);
    check_slope<4>(ct::reduce_sum(last), b);
    check_slope<6>(ct::reduce_sum(ct::square(last)), a);
    constexpr auto direct = ct::fold(
        [](auto at) {
            auto loss = ct::reduce_sum(ct::square(ct::square(at) - b));
            return at - 0.05_c * a * ct::gradient(loss, at)[at];
        },
        ct::exp(b), ct::times<6>);
    check_close(numbers().computed(ct::function{direct}), numbers().computed(ct::function{last}), 1e-14);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/scan.hpp>

#include "scan_laws.hpp"

using namespace scans;

namespace {

constexpr auto rnn = ct::scan(
    [](auto h, auto xt) {
        auto next = ct::tanh(ct::matmul(xt, W) + ct::matmul(h, U) + b);
        return std::make_tuple(next, next * next);
    },
    h0, x);
constexpr auto rnn_loss = ct::reduce_mean(std::get<1>(rnn)) + ct::reduce_sum(std::get<0>(rnn));

} // namespace

BOOST_AUTO_TEST_SUITE(transform_scan)

BOOST_AUTO_TEST_CASE(a_recurrence_of_numbers) {
    constexpr auto made = ct::scan([](auto y, auto st) { return std::make_tuple(y * a + st, y); }, c, s);
    static_assert(std::get<0>(made).shape() == ct::shape() && std::get<1>(made).shape() == ct::shape(5));
    static_assert(ct::evaluate(std::get<1>(made), s = std::array{1.0, 2.0, 3.0, 4.0, 5.0}, a = 0.5, c = 8.0)[4] == 6.625);
    check_value(std::get<0>(made), numbers());
    check_value(std::get<1>(made), numbers());
    constexpr auto loss = ct::reduce_sum(ct::square(std::get<1>(made))) * std::get<0>(made);
    check_gradient<5>(loss, s);
}

BOOST_AUTO_TEST_CASE(a_recurrent_layer) {
    check_gradient<2>(rnn_loss, W);
    check_gradient<3>(rnn_loss, U);
}

BOOST_AUTO_TEST_CASE(a_recurrent_layer_of_other_leaves) {
    check_gradient<4>(rnn_loss, b);
    check_gradient<1>(rnn_loss, h0);
}

BOOST_AUTO_TEST_SUITE_END()

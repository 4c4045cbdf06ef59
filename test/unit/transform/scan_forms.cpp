// SPDX-License-Identifier: BSL-1.0

#include "scan_laws.hpp"

using namespace scans;

BOOST_AUTO_TEST_SUITE(transform_scan_forms)

BOOST_AUTO_TEST_CASE(carries_that_change_places) {
    constexpr auto fibonacci = ct::fold(
        [](auto pair) {
            auto [one, other] = pair;
            return std::make_tuple(other, one + other);
        },
        std::make_tuple(a, c), ct::times<9>);
    static_assert(ct::evaluate(std::get<1>(fibonacci), a = 0.0, c = 1.0)[0] == 55);
    check_value(std::get<0>(fibonacci), numbers());
    check_value(std::get<1>(fibonacci), numbers());
    check_slope<6>(std::get<0>(fibonacci) * std::get<1>(fibonacci), a);
}

BOOST_AUTO_TEST_CASE(the_last_element_first) {
    constexpr auto step = [](auto y, auto st) { return std::make_tuple(ct::sin(y * a + st), y * st); };
    constexpr auto made = ct::scan(step, c, s, ct::go_backwards);
    check_value(std::get<1>(made), numbers());
    check_slope<5>(ct::reduce_sum(std::get<1>(made) * s) + std::get<0>(made), s);
    constexpr auto ones = std::array{1.0, 2.0, 3.0, 4.0, 5.0};
    constexpr auto order = ct::scan([](auto, auto st) { return std::make_tuple(st, st * 10_c); }, c, s, ct::go_backwards);
    static_assert(ct::evaluate(std::get<0>(order), s = ones, c = 0.0)[0] == 1 &&
                  ct::evaluate(std::get<1>(order), s = ones, c = 0.0)[0] == 10);
}

BOOST_AUTO_TEST_CASE(steps_that_count) {
    constexpr auto counted = ct::scan(
        [](auto state) {
            auto [n, y] = state;
            return std::make_tuple(std::make_tuple(n + 1_c, y * ct::cast<double>(n)), std::make_tuple(n, y));
        },
        std::make_tuple(ct::cast<std::int32_t>(ct::stop_gradient(a) * 0_c) + 1_c, c), ct::times<5>);
    constexpr auto ys = std::get<1>(std::get<1>(counted));
    static_assert(ct::evaluate(std::get<1>(std::get<0>(counted)), a = 2.0, c = 2.0)[0] == 240);
    static_assert(std::get<0>(std::get<1>(counted)).type() == ct::dtype::int32);
    check_value(std::get<0>(std::get<1>(counted)), numbers());
    check_value(ys, numbers());
    check_slope<7>(ct::reduce_sum(ct::square(ys)), c);
}

BOOST_AUTO_TEST_CASE(a_scan_in_a_step) {
    // of each row a recurrence, of the rows another; both steps are of the same form
    constexpr auto nested = ct::scan(
        [](auto h, auto xt) {
            auto inner = ct::fold([h](auto y, auto u) { return ct::tanh(y * a + ct::reduce_sum(u * h)); }, c, xt);
            auto next = ct::tanh(h * 0.5_c + inner);
            return std::make_tuple(next, inner);
        },
        ct::matmul(ct::slice(W, ct::begin<0, 0>, ct::size<2, 2>), U),
        ct::reshape(ct::slice(s, ct::begin<1>, ct::size<4>), ct::dims<2, 2, 1>));
    check_value(std::get<0>(nested), numbers());
    check_slope<5>(ct::reduce_sum(std::get<1>(nested)) + ct::reduce_sum(std::get<0>(nested)), s);
    check_slope<3>(ct::reduce_sum(std::get<1>(nested)), U);
}

BOOST_AUTO_TEST_CASE(lengths_of_0_and_1) {
    constexpr auto made = ct::scan([](auto h, auto xt) { return std::make_tuple(h * 2_c + ct::matmul(xt, W), h); }, h0, x);
    for (std::size_t steps : {0u, 1u, 2u}) {
        numbers at(steps, 2);
        check_value(std::get<0>(made), at);
        check_value(ct::reduce_sum(std::get<1>(made)) + ct::reduce_sum(h0), at);
    }
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0

#include "scan_laws.hpp"

#include <ctgrad/plan.hpp>

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

/// 23 steps with room for few carries: the same values and derivatives, in less memory and more work.
template <class... Backward>
void check_segments(Backward... backward) {
    constexpr auto step = [](auto h, auto xt) {
        auto next = ct::tanh(h * a + xt * c);
        return std::make_tuple(next, ct::reduce_sum(next) * xt);
    };
    constexpr auto init = ct::fill<double>(ct::dims<40>, 0.3_c) * c;
    constexpr auto xs = ct::concat(ct::axis<0>, s, s * 0.5_c, ct::sin(s), s * s, ct::slice(s, ct::begin<2>, ct::size<3>));
    const auto whole = ct::scan(step, init, xs, backward...);
    const auto check = [&](auto parts) {
        constexpr auto loss = [](auto made) { return ct::reduce_sum(std::get<1>(made)) + ct::reduce_sum(std::get<0>(made)); };
        const ct::function f{ct::gradient(loss(whole), a)[a]};
        const ct::function g{ct::gradient(loss(parts), a)[a]};
        check_value(std::get<1>(parts), numbers());
        check_close(numbers().computed(g), numbers().computed(f), 1e-13);
        BOOST_TEST(ct::figures(g).flops > ct::figures(f).flops);
    };
    check(ct::scan(step, init, xs, backward..., ct::keep_bytes = 3200_c));
    check(ct::scan(step, init, xs, ct::keep_bytes = 1600_c, backward...));
}

BOOST_AUTO_TEST_CASE(a_tenth_of_the_memory) {
    constexpr auto step = [](auto h) { return ct::sin(h * a + c); };
    constexpr auto init = ct::fill<double>(ct::dims<40>, 0.3_c) * c;
    const auto gradient = [](auto last) { return ct::gradient(ct::reduce_sum(ct::square(last)), a)[a]; };
    constexpr double all = 600 * 320;
    const ct::function f{gradient(ct::fold(step, init, ct::times<600>))};
    const ct::function g{gradient(ct::fold(step, init, ct::times<600>, ct::keep_bytes = 19200_c))};
    const ct::function h{gradient(ct::fold(step, init, ct::times<600>, ct::keep_bytes = 9600_c))};
    check_close(numbers().computed(g), numbers().computed(f), 1e-13);
    check_close(numbers().computed(h), numbers().computed(f), 1e-13);
    BOOST_TEST(static_cast<double>(ct::figures(f).workspace_bytes) > all);
    BOOST_TEST(static_cast<double>(ct::figures(g).workspace_bytes) < 0.11 * all);
    BOOST_TEST(static_cast<double>(ct::figures(h).workspace_bytes) < 0.09 * all);
    const auto work = [](auto& of) { return static_cast<double>(ct::figures(of).flops); };
    BOOST_TEST(work(g) < 1.6 * work(f));
    BOOST_TEST(work(h) < 2.2 * work(f));
}

BOOST_AUTO_TEST_CASE(few_carries_kept) { check_segments(); }
BOOST_AUTO_TEST_CASE(few_carries_kept_backwards) { check_segments(ct::go_backwards); }

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/nn/layers/gru.hpp>
#include <ctgrad/nn/layers/lstm.hpp>
#include <ctgrad/nn/layers/simple_rnn.hpp>

#include "golden.hpp"

#include <span>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N, 3, 2>;
constexpr auto two = ct::placeholder<"two", double, 2, 3, 2>;
template <ct::fixed_string Name, int... D>
constexpr auto v = ct::variable<Name, double, D...>;

} // namespace

BOOST_AUTO_TEST_SUITE(nn)
BOOST_AUTO_TEST_SUITE(recurrent_layers)

BOOST_AUTO_TEST_CASE(simple_rnn_is_that_of_keras) {
    golden::check(golden::simple_rnn_last, ct::simple_rnn<2>()(x), x, v<"simple_rnn/kernel", 2, 2>, v<"simple_rnn/recurrent_kernel", 2, 2>,
                  v<"simple_rnn/bias", 2>);
    golden::check(golden::simple_rnn_backwards,
                  ct::simple_rnn<2>(ct::return_sequences<true>, ct::go_backwards, ct::use_bias<false>, ct::name<"rnn">)(two), two,
                  v<"rnn/kernel", 2, 2>, v<"rnn/recurrent_kernel", 2, 2>);
}

BOOST_AUTO_TEST_CASE(lstm_is_that_of_keras) {
    constexpr auto kernel = v<"lstm/kernel", 2, 8>;
    constexpr auto recurrent = v<"lstm/recurrent_kernel", 2, 8>;
    constexpr auto bias = v<"lstm/bias", 8>;
    golden::check(golden::lstm_last, ct::lstm<2>()(x), x, kernel, recurrent, bias);
    constexpr auto made = ct::lstm<2>(ct::return_sequences<true>)(ct::masked{two, golden::steps > 0_c});
    golden::check(golden::lstm_masked, made.value, two, kernel, recurrent, bias);
}

BOOST_AUTO_TEST_CASE(gru_is_that_of_keras) {
    constexpr auto kernel = v<"gru/kernel", 2, 6>;
    constexpr auto recurrent = v<"gru/recurrent_kernel", 2, 6>;
    constexpr auto bias = v<"gru/bias", 2, 6>;
    golden::check(golden::gru_sequences, ct::gru<2>(ct::return_sequences<true>)(x), x, kernel, recurrent, bias);
    golden::check(golden::gru_reset_before, ct::gru<2>(ct::reset_after<false>)(x), x, kernel, recurrent, v<"gru/bias", 6>);
}

BOOST_AUTO_TEST_CASE(initial_values_are_those_of_keras) {
    boost::hana::unpack(ct::lstm<4>().initial_values(x, 1), [](const auto& kernel, const auto& recurrent, const auto& bias) {
        std::vector<double> k(32), r(64), b(16);
        kernel.data.fill(std::span<double>(k), ct::shape(2, 16));
        recurrent.data.fill(std::span<double>(r), ct::shape(4, 16));
        bias.data.fill(std::span<double>(b), ct::shape(16));
        for (double e : k) BOOST_TEST(std::abs(e) <= std::sqrt(6.0 / 18));
        for (std::size_t i = 0; i < 4; ++i)
            for (std::size_t j = 0; j < 4; ++j) {
                double along = 0;
                for (std::size_t c = 0; c < 16; ++c) along += r[16 * i + c] * r[16 * j + c];
                BOOST_TEST(std::abs(along - (i == j ? 1 : 0)) < 1e-12);
            }
        for (std::size_t i = 0; i < 16; ++i) BOOST_TEST(b[i] == (i / 4 == 1 ? 1 : 0));
    });
    boost::hana::unpack(ct::lstm<4>(ct::unit_forget_bias<false>).initial_values(x, 1), [](const auto&, const auto&, const auto& bias) {
        std::vector<double> b(16, 7);
        bias.data.fill(std::span<double>(b), ct::shape(16));
        for (double e : b) BOOST_TEST(e == 0);
    });
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

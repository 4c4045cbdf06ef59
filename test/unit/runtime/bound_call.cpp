// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/runtime/bound_call.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <span>
#include <tuple>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto w = ct::placeholder<"w", float, 3>;
constexpr auto rate = ct::scalar<"rate", float>;

} // namespace

BOOST_AUTO_TEST_SUITE(runtime)

BOOST_AUTO_TEST_CASE(bound_call_sees_what_data_hold_when_it_runs) {
    const ct::function f{ct::reduce_sum(x * w), ct::reduce_sum(x, ct::axis<1>)};
    std::vector<float> data{1, 2, 3, 4, 5, 6};
    const std::array weights{1.0f, 10.0f, 100.0f};
    auto call = f.bind(x = data, w = weights);
    static_assert(noexcept(call()));
    auto [sum, rows] = call();
    BOOST_TEST(sum == 321.0f + 654.0f);
    BOOST_TEST((rows.size() == 2u && rows(0) == 6.0f && rows(1) == 15.0f));
    data[0] = 2;
    BOOST_TEST(std::get<0>(call()) == 322.0f + 654.0f);
    BOOST_TEST(rows(0) == 7.0f); // a view of the call's own memory
}

BOOST_AUTO_TEST_CASE(bound_call_puts_results_in_given_memory) {
    constexpr auto doubled = 2_c * w;
    const std::array weights{1.0f, 2.0f, 3.0f};
    std::array<float, 3> out{};
    auto call = ct::function{doubled}.bind(w = weights, doubled = out);
    BOOST_TEST(call().data() == out.data());
    BOOST_TEST(out[2] == 6.0f);
}

BOOST_AUTO_TEST_CASE(bound_number_is_kept_and_bound_span_is_read_again) {
    const std::array weights{1.0f, 2.0f, 3.0f};
    const ct::function scaled{ct::reduce_sum(rate * w)};
    float r = 0.5f;
    auto kept = scaled.bind(w = weights, rate = r);
    auto read = scaled.bind(w = weights, rate = std::span(&r, 1));
    r = 2;
    BOOST_TEST(kept() == 3.0f);
    BOOST_TEST(read() == 12.0f);
}

BOOST_AUTO_TEST_CASE(copy_of_a_bound_call_has_results_of_its_own) {
    const std::array weights{1.0f, 2.0f, 3.0f};
    auto call = ct::function{rate * w}.bind(w = weights, rate = 3);
    auto copy = call;
    const auto first = call(), second = copy();
    BOOST_TEST(first.data() != second.data());
    BOOST_TEST((first(2) == 9.0f && second(2) == 9.0f));
}

BOOST_AUTO_TEST_CASE(bind_refuses_what_a_call_refuses) {
    const ct::function f{ct::reduce_sum(x * w)};
    const std::array weights{1.0f, 2.0f, 3.0f};
    const std::vector<float> seven(7);
    BOOST_CHECK_THROW((void)f.bind(x = seven, w = weights), ct::error);
}

BOOST_AUTO_TEST_CASE(sizes_are_learnt_one_from_another) {
    constexpr auto grid = ct::placeholder<"grid", float, N, M>;
    constexpr auto row = ct::placeholder<"row", float, M>;
    const ct::function f{ct::reduce_sum(grid * row, ct::axis<0>)};
    const std::vector<float> data{1, 2, 3, 4, 5, 6}, ones(3, 1.0f), none;
    BOOST_TEST(f(grid = data, row = ones)(0) == 5.0f); // M follows from row, then N from grid
    BOOST_TEST(f(grid = ct::view(data.data(), 2, 3), row = ones)(2) == 9.0f);
    BOOST_CHECK_THROW((void)f(grid = data, row = std::vector<float>(4)), ct::error);
    BOOST_CHECK_THROW((void)f(grid = none, row = none), ct::error);
    BOOST_CHECK_THROW((void)f(grid = ct::view(data.data(), 3, 2), row = ones), ct::error);
    BOOST_CHECK_THROW((void)f(grid = ct::view(data.data(), 6), row = ones), ct::error);
}

BOOST_AUTO_TEST_CASE(square_takes_no_other_shape) {
    constexpr auto square = ct::placeholder<"square", float, N, N>;
    const ct::function f{ct::reduce_sum(square)};
    const std::vector<float> data{1, 2, 3, 4, 5, 6};
    BOOST_TEST(f(square = ct::view(data.data(), 2, 2)) == 10.0f);
    BOOST_CHECK_EXCEPTION((void)f(square = ct::view(data.data(), 2, 3)), ct::error, [](const ct::error& e) {
        return std::string(e.what()) == "ctgrad: 'square' expects [N=2,N=2] but was given [2,3]";
    });
    BOOST_CHECK_THROW((void)f(square = data), ct::error);
}

BOOST_AUTO_TEST_SUITE_END()

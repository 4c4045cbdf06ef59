// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/plan/target.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr ct::target wide{.vector_bytes = 64, .vector_registers = 32};
constexpr ct::target narrow{.vector_bytes = 16, .vector_registers = 16}; // SSE, NEON
constexpr ct::target small{
    .vector_bytes = 4, .vector_registers = 32, .kept_row = 32, .product_row = 8, .repeated_operations = 1, .alignment = 8};

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 20>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 20, 10>;
constexpr auto b = ct::variable<"b", float, 10>;

template <class P>
constexpr ct::draft_plan planned(const ct::target& machine) {
    return ct::make_plan({P::graph(), P::outputs, P::updates, machine});
}
template <class... E>
using computing = ct::program<ct::detail::make_outputs<E...>, sizeof...(E)>;

/// The steps of a plan: `l` a loop, `d` one behind a product, `p` a product alone, `c` a copy, `g` another.
constexpr std::string_view letters = "lcpg";
template <class P>
std::string steps(const ct::target& machine) {
    std::string text;
    for (const ct::kernel& s : planned<P>(machine).kernels) text += s.driver >= 0 ? 'd' : letters[static_cast<std::size_t>(s.kind)];
    return text;
}
template <class P>
int kept_by_columns(const ct::target& machine) {
    int count = 0;
    for (const ct::location& at : planned<P>(machine).places) count += at.lane_axis >= 0;
    return count;
}

} // namespace

BOOST_AUTO_TEST_SUITE(plan)

BOOST_AUTO_TEST_CASE(lanes_are_as_many_as_fit_a_vector) {
    static_assert(wide.lanes(ct::dtype::float32) == 16 && wide.lanes(ct::dtype::float64) == 8);
    static_assert(narrow.lanes(ct::dtype::float32) == 4 && narrow.lanes(ct::dtype::float64) == 2);
    static_assert(small.lanes(ct::dtype::float32) == 1 && small.lanes(ct::dtype::float64) == 1);
    static_assert(ct::this_target.lanes(ct::dtype::float32) == ct::simd::native_lanes<float>);
}

BOOST_AUTO_TEST_CASE(a_program_is_planned_for_this_machine) {
    using P = computing<std::remove_const_t<decltype(ct::softmax(ct::matmul(x, W) + b))>>;
    BOOST_TEST(planned<P>(ct::this_target).kernels.size() == P::plan.kernel_count);
}

BOOST_AUTO_TEST_CASE(a_softmax_runs_behind_a_product_that_hands_out_whole_rows) {
    using P = computing<std::remove_const_t<decltype(ct::softmax(ct::matmul(x, W) + b))>>;
    BOOST_TEST(steps<P>(wide) == "d");
    BOOST_TEST(steps<P>(narrow) == "d");
    BOOST_TEST(steps<P>(small) == "pl"); // ten columns are too many
}

BOOST_AUTO_TEST_CASE(a_matrix_lies_column_by_column_where_rows_leave_lanes_empty) {
    constexpr auto loss = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y, ct::logits = ct::matmul(x, W) + b));
    using P = typename std::remove_const_t<decltype(ct::minimize(loss, ct::gradient_descent(0.5_c)))>::program;
    BOOST_TEST(kept_by_columns<P>(wide) == 1);
    BOOST_TEST(kept_by_columns<P>(narrow) == 1); // ten are no multiple of four
    BOOST_TEST(kept_by_columns<P>(small) == 0);  // without lanes there is nothing to fill
}

BOOST_AUTO_TEST_CASE(rows_that_are_not_kept_are_passed_over_by_loops_of_their_own) {
    constexpr auto z = ct::placeholder<"z", float, N, 100>;
    using P = computing<std::remove_const_t<decltype(ct::softmax(z))>>;
    BOOST_TEST(steps<P>(wide) == "l");
    BOOST_TEST(steps<P>(small).size() > 1u);
}

BOOST_AUTO_TEST_CASE(what_is_cheap_is_computed_twice) {
    constexpr auto h = 2_c * x + 1_c; // read by two loops, since the second waits for the end of the first
    using P = computing<std::remove_const_t<decltype(ct::reduce_sum(ct::tanh(h - ct::reduce_max(h, ct::axis<0>))))>>;
    const auto kept = [](const ct::target& machine) { return planned<P>(machine).regions.size(); };
    BOOST_TEST(kept(wide) < kept(small));
}

BOOST_AUTO_TEST_SUITE_END()

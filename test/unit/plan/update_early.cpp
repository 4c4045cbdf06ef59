// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/plan/update_early.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 40>;
constexpr auto W1 = ct::variable<"W1", float, 40, 40>;
constexpr auto W2 = ct::variable<"W2", float, 40, 40>;
constexpr auto W3 = ct::variable<"W3", float, 40, 40>;
constexpr auto W4 = ct::variable<"W4", float, 40, 40>;
constexpr auto W5 = ct::variable<"W5", float, 40, 40>;

template <class E>
constexpr auto layers(E input) {
    return input;
}
template <class E, class V, class... More>
constexpr auto layers(E input, V weights, More... more) {
    return layers(ct::tanh(ct::matmul(input, weights)), more...);
}

template <class E>
constexpr auto training(E result) {
    return ct::minimize(ct::reduce_mean(ct::square(result)), ct::gradient_descent(0.1_c));
}

template <class Step>
constexpr bool reads_variables_before_they_are_replaced(Step) {
    using P = typename Step::program;
    ct::detail::dataflow flow(P::graph(), P::plan, P::plan.kernel_count);
    ct::list<bool> replaced(P::graph().size, false);
    bool good = true;
    for (int s = 0; s < P::plan.kernel_count; ++s) {
        flow.for_each_source(s, [&](int source, int) { good = good && !replaced[source] && flow.kernel_of[source] <= s; });
        auto written = [&](const ct::location& at) {
            if (at.where == ct::place::result && at.index >= P::outputs) replaced[P::source().target_of(at.index)] = true;
        };
        written(P::plan.kernels[s].to);
        flow.for_each_computed(s, [&](int id) { written(P::plan.places[id]); });
    }
    return good;
}

} // namespace

BOOST_AUTO_TEST_SUITE(plan)

BOOST_AUTO_TEST_CASE(backward_pass_needs_no_more_than_what_the_forward_pass_kept_and_two_layers) {
    constexpr auto step = training(layers(x, W1, W2, W3, W4, W5));
    static_assert(reads_variables_before_they_are_replaced(step));
    constexpr ct::program_figures cost = ct::figures(step, N = 16);
    static_assert(cost.kept_bytes == 4 * 16 * 40 * 4);
    static_assert(cost.workspace_bytes <= cost.kept_bytes + 2 * 16 * 40 * 4 + 4 * static_cast<int>(ct::buffer_alignment)); // and numbers
}

BOOST_AUTO_TEST_CASE(variable_is_replaced_after_its_last_reader) {
    constexpr auto shared = training(layers(x, W1, W2, W1, W2));
    static_assert(reads_variables_before_they_are_replaced(shared));
    constexpr auto crossed =
        ct::minimize(ct::reduce_sum(W1 * W2) + ct::reduce_sum(ct::square(ct::matmul(W1, W2))), ct::gradient_descent(0.1_c));
    static_assert(reads_variables_before_they_are_replaced(crossed));
}

BOOST_AUTO_TEST_CASE(results_are_those_of_before_the_step) {
    constexpr auto w = ct::variable<"w", float, 3>;
    constexpr auto loss = ct::reduce_sum(ct::square(w));
    constexpr auto grads = ct::gradient(loss, w);
    ct::trainer train{ct::apply_gradients(ct::gradient_descent(0.25_c), grads, loss, w, ct::exp(w)), w = ct::fill(2)};
    const auto [value, old, power] = train();
    BOOST_TEST(value == 12.0f);
    BOOST_TEST(old[0] == 2.0f);
    BOOST_TEST(power[2] == std::exp(2.0f), boost::test_tools::tolerance(1e-6f));
    BOOST_TEST(train[w][0] == 1.0f);
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/plan/program.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 8>;
constexpr auto y = ct::placeholder<"y", float, N, 8>;
constexpr auto W = ct::variable<"W", float, 8, 8>;
constexpr auto v = ct::variable<"v", float, 8, 8>;
constexpr auto w = ct::variable<"w", float, 8>;

template <class... E>
using computing = ct::program<ct::detail::make_outputs<E...>, sizeof...(E)>;

template <class Step>
using program_of = typename Step::program;

template <int Steps, class E>
constexpr auto chain(E e) {
    if constexpr (Steps == 0)
        return e;
    else
        return chain<Steps - 1>(ct::tanh(e * e + x));
}

} // namespace

BOOST_AUTO_TEST_SUITE(plan)

BOOST_AUTO_TEST_CASE(long_chain_is_one_loop) { // each of its steps is used twice: no pass may recurse, or walk twice
    constexpr auto e = chain<100>(x);
    using P = computing<std::remove_const_t<decltype(e)>>;
    static_assert(P::plan.kernel_count == 1 && P::loop<0>.load_count == 1 && P::loop<0>.term_count == 301);
}

BOOST_AUTO_TEST_CASE(elementwise_chain_and_its_sum_are_one_loop) {
    constexpr auto e = ct::reduce_sum(ct::tanh(x * y) + ct::exp(x));
    using P = computing<std::remove_const_t<decltype(e)>>;
    static_assert(P::plan.kernel_count == 1 && P::plan.region_count == 0);
    static_assert(P::plan.kernels[0].to.where == ct::place::result);
    static_assert(P::loop<0>.rank == 1); // both axes in one
    static_assert(P::loop<0>.load_count == 2);
}

BOOST_AUTO_TEST_CASE(what_has_one_space_shares_a_loop_and_its_registers) {
    constexpr auto e = ct::exp(x * y);
    constexpr auto rows = ct::reduce_sum(e, ct::axis<1>);
    constexpr auto columns = ct::reduce_sum(e, ct::axis<0>);
    using P = computing<std::remove_const_t<decltype(rows)>, std::remove_const_t<decltype(columns)>>;
    static_assert(P::plan.kernel_count == 1 && P::plan.region_count == 0);
    static_assert(P::loop<0>.load_count == 2 && P::loop<0>.passes == 1);
}

BOOST_AUTO_TEST_CASE(softmax_and_what_follows_it_are_one_loop_of_three_passes) {
    constexpr auto e = ct::reduce_sum(ct::square(ct::softmax(x) - y));
    using P = computing<std::remove_const_t<decltype(e)>>;
    static_assert(P::plan.kernel_count == 1 && P::plan.region_count == 0);
    static_assert(P::loop<0>.passes == 3); // the largest, the sum, the quotients
}

BOOST_AUTO_TEST_CASE(rows_of_run_time_length_are_not_kept) {
    constexpr auto z = ct::placeholder<"z", float, 3, N>;
    constexpr auto e = ct::softmax(z);
    using P = computing<std::remove_const_t<decltype(e)>>;
    static_assert(P::plan.kernel_count > 1);
    for (int i = 0; i < P::plan.kernel_count; ++i) BOOST_TEST((P::plan.kernels[i].kind == ct::kernel_kind::loop));
}

BOOST_AUTO_TEST_CASE(value_and_gradient_come_from_one_pass) {
    constexpr auto a = ct::placeholder<"a", float, N>;
    constexpr auto t = ct::placeholder<"t", float, N>;
    constexpr auto loss = ct::reduce_sum(ct::log(1_c + ct::exp(-(t * ct::tanh(a)))));
    constexpr auto grads = ct::gradient(loss, a);
    using P = computing<std::remove_const_t<decltype(loss)>, std::remove_const_t<decltype(grads[a])>>;
    static_assert(P::plan.kernel_count == 1 && P::plan.region_count == 0);
}

BOOST_AUTO_TEST_CASE(value_that_waits_for_a_whole_loop_is_stored) {
    constexpr auto e = ct::exp(x);
    constexpr auto scaled = e / ct::reduce_sum(e);
    using P = computing<std::remove_const_t<decltype(scaled)>>;
    static_assert(P::plan.kernel_count == 2 && P::plan.region_count == 2);
}

BOOST_AUTO_TEST_CASE(transposed_operand_is_read_in_place) {
    constexpr auto e = ct::matmul(x, W, ct::transpose_b);
    using P = computing<std::remove_const_t<decltype(e)>>;
    static_assert(P::plan.kernel_count == 1 && P::plan.region_count == 0);
    static_assert(P::plan.kernels[0].kind == ct::kernel_kind::contraction);
}

BOOST_AUTO_TEST_CASE(result_that_is_a_leaf_or_a_view_is_copied) {
    constexpr auto e = ct::transpose(x);
    using P = computing<std::remove_const_t<decltype(x)>, std::remove_const_t<decltype(e)>>;
    static_assert(P::plan.kernel_count == 2);
    static_assert(P::plan.kernels[0].kind == ct::kernel_kind::copy && P::plan.kernels[1].kind == ct::kernel_kind::copy);
}

BOOST_AUTO_TEST_CASE(variable_is_updated_in_place_after_all_else) {
    constexpr auto loss = ct::reduce_mean(ct::square(ct::matmul(x, W) - y));
    constexpr auto step = ct::minimize(loss, ct::gradient_descent(0.1_c));
    using P = program_of<std::remove_const_t<decltype(step)>>;
    constexpr ct::kernel last = P::plan.kernels[P::plan.kernel_count - 1];
    static_assert(last.to == ct::location{ct::place::result, 1});
    static_assert(last.kind == ct::kernel_kind::loop);
}

BOOST_AUTO_TEST_CASE(updates_that_read_each_other_element_by_element_share_a_loop) {
    // The gradients are v and W: each update reads what the other one overwrites.
    constexpr auto loss = ct::reduce_sum(W * v);
    constexpr auto step = ct::minimize(loss, ct::gradient_descent(1_c));
    using P = program_of<std::remove_const_t<decltype(step)>>;
    static_assert(P::plan.kernel_count == 2 && P::plan.region_count == 0);

    ct::trainer train{step, W = ct::fill(2), v = ct::fill(3)};
    BOOST_TEST(train() == 64 * 6.0f);
    BOOST_TEST(train[W][5] == 2.0f - 3.0f);
    BOOST_TEST(train[v][5] == 3.0f - 2.0f);
}

BOOST_AUTO_TEST_CASE(update_that_another_update_reads_otherwise_waits_in_the_workspace) {
    constexpr auto loss = ct::reduce_sum(W * ct::transpose(v));
    constexpr auto step = ct::minimize(loss, ct::gradient_descent(1_c));
    using P = program_of<std::remove_const_t<decltype(step)>>;
    static_assert(P::plan.region_count == 2);
    static_assert(P::plan.kernels[P::plan.kernel_count - 1].kind == ct::kernel_kind::copy);
    static_assert(P::plan.kernels[P::plan.kernel_count - 2].kind == ct::kernel_kind::copy);

    std::array<float, 64> start;
    for (std::size_t i = 0; i < 64; ++i) start[i] = static_cast<float>(i);
    ct::trainer train{step, W = start, v = ct::fill(3)};
    train();
    BOOST_TEST(train[W][1] == 1.0f - 3.0f);
    BOOST_TEST(train[v][1] == 3.0f - 8.0f);
}

BOOST_AUTO_TEST_CASE(loop_runs_behind_the_product_that_it_reads) {
    constexpr auto e = ct::softmax(ct::matmul(x, W) + w);
    using P = computing<std::remove_const_t<decltype(e)>>;
    static_assert(P::plan.kernel_count == 1 && P::plan.region_count == 0);
    static_assert(P::plan.places[P::plan.kernels[0].driver].where == ct::place::block);
}

BOOST_AUTO_TEST_CASE(product_that_others_read_too_is_kept) {
    constexpr auto product = ct::matmul(x, W);
    constexpr auto e = ct::tanh(product);
    constexpr auto later = ct::matmul(product, W);
    using P = computing<std::remove_const_t<decltype(e)>, std::remove_const_t<decltype(later)>>;
    static_assert(P::plan.kernel_count == 2 && P::plan.region_count == 1);
    static_assert(P::plan.places[P::plan.kernels[0].driver].where == ct::place::workspace);
}

BOOST_AUTO_TEST_CASE(product_that_a_result_shows_is_kept) {
    constexpr auto product = ct::matmul(x, W);
    constexpr auto e = ct::tanh(product);
    constexpr auto turned = ct::transpose(product);
    using P = computing<std::remove_const_t<decltype(e)>, std::remove_const_t<decltype(turned)>>;
    static_assert(P::plan.places[P::plan.kernels[0].driver].where == ct::place::workspace);
}

BOOST_AUTO_TEST_CASE(wide_product_is_made_where_its_loop_puts_the_result) {
    constexpr auto V = ct::variable<"V", float, 8, 100>;
    constexpr auto e = ct::relu(ct::matmul(x, V));
    using P = computing<std::remove_const_t<decltype(e)>>;
    static_assert(P::plan.kernel_count == 1);
    static_assert(P::plan.places[P::plan.kernels[0].driver] == ct::location{ct::place::result, 0});
}

BOOST_AUTO_TEST_CASE(rows_of_a_wide_product_are_not_whole_while_it_is_made) {
    constexpr auto V = ct::variable<"V", float, 8, 100>;
    constexpr auto e = ct::softmax(ct::matmul(x, V));
    using P = computing<std::remove_const_t<decltype(e)>>;
    static_assert(P::plan.kernel_count == 2 && P::plan.kernels[1].driver < 0);
}

BOOST_AUTO_TEST_CASE(gradient_that_only_an_update_reads_is_not_stored) {
    constexpr auto loss = ct::reduce_mean(ct::square(ct::matmul(x, W) - y));
    constexpr auto step = ct::minimize(loss, ct::gradient_descent(0.1_c));
    using P = program_of<std::remove_const_t<decltype(step)>>;
    constexpr ct::kernel last = P::plan.kernels[P::plan.kernel_count - 1];
    static_assert(P::plan.places[last.driver].where == ct::place::block);
}

BOOST_AUTO_TEST_CASE(cheap_value_is_computed_again_instead_of_stored) {
    constexpr auto deviation = x - ct::reduce_mean(x);
    constexpr auto e = deviation / ct::sqrt(ct::reduce_mean(ct::square(deviation)));
    using P = computing<std::remove_const_t<decltype(e)>>;
    for (const ct::region& s : P::plan.regions) BOOST_TEST(s.size.factor == 1);

    constexpr auto dear = ct::tanh(x);
    constexpr auto kept = dear / ct::reduce_max(dear);
    using Q = computing<std::remove_const_t<decltype(kept)>>;
    static_assert(Q::plan.region_count == 2 && Q::plan.regions[0].size.factor == 8);
}

BOOST_AUTO_TEST_CASE(axes_of_extent_one_vanish_from_loops) {
    constexpr auto z = ct::placeholder<"z", float, N, 1, 8>;
    constexpr auto e = ct::exp(z);
    using P = computing<std::remove_const_t<decltype(e)>>;
    static_assert(P::loop<0>.rank == 1);
}

BOOST_AUTO_TEST_SUITE_END()

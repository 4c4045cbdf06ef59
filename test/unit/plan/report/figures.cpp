// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/plan/report/figures.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto y = ct::placeholder<"y", float, N, 10>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto b = ct::variable<"b", float, 10>;

template <class E>
constexpr auto cross_entropy(E logits) {
    return ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y, ct::logits = logits));
}

template <int Layers, class E, class V>
constexpr auto layers(E input, V weights) {
    if constexpr (Layers == 0)
        return input;
    else
        return layers<Layers - 1>(ct::tanh(ct::matmul(input, weights)), weights);
}

} // namespace

BOOST_AUTO_TEST_SUITE(plan)

BOOST_AUTO_TEST_CASE(static_program_has_figures_without_sizes) {
    constexpr auto u = ct::placeholder<"u", float, 4, 8>;
    constexpr auto v = ct::placeholder<"v", double, 4, 8>;
    constexpr ct::function f{ct::reduce_sum(u * ct::cast<float>(v))};
    constexpr ct::program_figures cost = ct::figures(f);
    static_assert(cost.flops == 3 * 32); // cast, multiply, add
    static_assert(cost.bytes_read == 32 * (4 + 8) && cost.bytes_written == 4);
    static_assert(cost.kernels == 1 && cost.fusion_groups == 0 && cost.workspace_bytes == 0);
    static_assert(cost.kept_values == 0 && cost.kept_bytes == 0);
}

BOOST_AUTO_TEST_CASE(repeated_elements_are_read_once_a_pass) {
    constexpr ct::function sum{ct::tanh(y + b)};
    static_assert(ct::figures(sum, N = 7).bytes_read == 4 * (70 + 10));
    static_assert(ct::figures(sum, N = 7).bytes_written == 4 * 70);
    static_assert(ct::figures(sum, N = 7).flops == 70 * (1 + 45));

    constexpr ct::function normalized{ct::softmax(y)}; // the largest, then the powers; these stay in registers
    static_assert(ct::figures(normalized, N = 7).bytes_read == 2 * 4 * 70);
    static_assert(ct::figures(normalized, N = 7).flops == 70 * (1 + 1 + 25 + 1 + 1));
    static_assert(ct::figures(normalized, N = 7).fusion_groups == 1);
}

BOOST_AUTO_TEST_CASE(softmax_regression_is_counted_by_hand) {
    constexpr auto step = ct::minimize(cross_entropy(ct::matmul(x, W) + b), ct::gradient_descent(0.5_c));
    constexpr ct::program_figures cost = ct::figures(step, N = 64);
    constexpr std::int64_t products = 2 * 64 * 784 * 10 * 2;
    // bias, largest, difference, power, its sum; logarithm, times label, loss; labels over N, their sum, times quotient (0 where
    // that is 0), difference, bias gradient
    constexpr std::int64_t elements = 64 * 10 * ((1 + 1 + 1 + 25 + 1) + (1 + 2 + 1) + (1 + 1 + 2 + 1 + 1));
    constexpr std::int64_t rows = 64 * (25 + 1 + 2);    // logarithm, quotient, times labels
    constexpr std::int64_t updates = 2 * 7840 + 2 * 10; // W - rate dW, b - rate sum
    constexpr std::int64_t numbers = 1 + 2;             // -1/N; the mean and its sign
    static_assert(cost.flops == products + elements + rows + updates + numbers);
    static_assert(cost.kept_values == 0);

    ct::trainer train{step};
    static_assert(ct::figures(train, N = 64).flops == cost.flops);
    BOOST_TEST(ct::figures(train, N = 128).bytes_read > cost.bytes_read);
}

BOOST_AUTO_TEST_CASE(what_the_backward_pass_reads_again_is_kept) {
    constexpr auto W1 = ct::variable<"W1", float, 784, 100>;
    constexpr auto W2 = ct::variable<"W2", float, 100, 10>;
    constexpr auto loss = cross_entropy(ct::matmul(ct::tanh(ct::matmul(x, W1)), W2));
    constexpr auto step = ct::minimize(loss, ct::gradient_descent(0.5_c));
    static_assert(ct::figures(step, N = 64).kept_values == 1);
    static_assert(ct::figures(step, N = 64).kept_bytes == 4 * 64 * 100);

    constexpr ct::function forward{loss};
    static_assert(ct::figures(forward, N = 64).kept_values == 0);
}

BOOST_AUTO_TEST_CASE(workspace_is_that_of_two_layers_however_many_there_are) {
    constexpr auto rows = ct::placeholder<"rows", float, N, 8>;
    constexpr auto square = ct::variable<"square", float, 8, 8>;
    constexpr ct::function three{layers<3>(rows, square)};
    constexpr ct::function six{layers<6>(rows, square)};
    static_assert(ct::figures(three, N = 64).workspace_bytes == 2 * 64 * 8 * 4);
    static_assert(ct::figures(six, N = 64).workspace_bytes == 2 * 64 * 8 * 4);
    static_assert(ct::figures(six, N = 1).workspace_bytes == 2 * ct::buffer_alignment);
}

BOOST_AUTO_TEST_CASE(each_named_dimension_needs_its_size) {
    const ct::function f{ct::tanh(y)};
    BOOST_CHECK_THROW((void)ct::figures(f), ct::error);
    BOOST_CHECK_THROW((void)ct::figures(f, N = 3, M = 4), ct::error);
}

BOOST_AUTO_TEST_SUITE_END()

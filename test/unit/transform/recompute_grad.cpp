// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/recompute_grad.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N, 4>;
constexpr auto W = ct::variable<"W", double, 4, 4>;
constexpr auto w = ct::variable<"w", double, 4>;

// Three blocks of two layers; each block reads what the one before has made.
constexpr auto block = [](auto h) { return ct::tanh(ct::matmul(ct::tanh(ct::matmul(h, W)) * w, W)); };
constexpr auto again = [](auto h) { return ct::recompute_grad(block(h)); };
constexpr auto loss_of(auto f) { return ct::reduce_mean(ct::square(f(f(f(x))))); }
constexpr auto kept = ct::gradient(loss_of(block), W, w);
constexpr auto recomputed = ct::gradient(loss_of(again), W, w);

std::vector<double> numbers(std::size_t count, double scale) {
    std::vector<double> out(count);
    for (std::size_t i = 0; i < count; ++i) out[i] = scale * std::sin(1.0 + 3.0 * static_cast<double>(i));
    return out;
}
const auto data = numbers(24, 1), weights = numbers(16, 0.7), scales = numbers(4, 1.3);

double distance(const auto& a, const auto& b) {
    double worst = 0;
    const auto count = static_cast<std::size_t>(a.size());
    for (std::size_t i = 0; i < count; ++i) worst = std::max(worst, std::abs(a.data()[i] - b.data()[i]));
    return worst;
}
auto value_of(auto expression) { return ct::evaluate(expression, x = data, W = weights, w = scales); }

} // namespace

BOOST_AUTO_TEST_SUITE(transform_recompute_grad)

BOOST_AUTO_TEST_CASE(gradients_are_the_same_and_less_is_kept) {
    static constexpr ct::function plain{loss_of(block), kept[W], kept[w]};
    static constexpr ct::function lean{loss_of(again), recomputed[W], recomputed[w]};
    constexpr auto much = ct::figures(plain, N = 1000), little = ct::figures(lean, N = 1000);
    static_assert(much.kept_values == 8 && little.kept_values == 3); // the results of the blocks
    static_assert(little.kept_bytes < 3 * much.kept_bytes / 4 && little.workspace_bytes < much.workspace_bytes);
    static_assert(little.flops > much.flops);
    const auto [a, a_W, a_w] = plain(x = data, W = weights, w = scales);
    const auto [b, b_W, b_w] = lean(x = data, W = weights, w = scales);
    BOOST_TEST(a == b);
    BOOST_TEST(distance(a_W, b_W) < 1e-16);
    BOOST_TEST(distance(a_w, b_w) < 1e-16);
}

BOOST_AUTO_TEST_CASE(the_interpreter_agrees) { BOOST_TEST(distance(value_of(kept[W]), value_of(recomputed[W])) < 1e-16); }

// h is named, and so not computed again: without it, recomputation starts at the leaves.
BOOST_AUTO_TEST_CASE(it_starts_again_where_it_is_told) {
    constexpr auto h = ct::tanh(ct::matmul(x, W));
    constexpr auto rest = ct::exp(ct::sin(ct::matmul(h, W)));
    constexpr auto sum = [](auto y) { return ct::reduce_sum(ct::square(y)); };
    constexpr auto from_h = ct::gradient(sum(ct::recompute_grad(rest, h)), W)[W];
    constexpr auto from_leaves = ct::gradient(sum(ct::recompute_grad(rest)), W)[W];
    constexpr auto all_kept = ct::gradient(sum(rest), W)[W];
    BOOST_TEST(distance(value_of(from_h), value_of(all_kept)) < 1e-14);
    BOOST_TEST(distance(value_of(from_leaves), value_of(all_kept)) < 1e-14);
    const auto count = [](const std::string& text, const std::string& word) {
        std::size_t found = 0;
        for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
        return found;
    };
    BOOST_TEST(count(ct::to_string(all_kept.graph()), "= tanh(") == 1u);
    BOOST_TEST(count(ct::to_string(from_h.graph()), "= tanh(") == 1u);
    BOOST_TEST(count(ct::to_string(from_leaves.graph()), "= tanh(") == 2u);
}

BOOST_AUTO_TEST_CASE(other_modes_see_through_it) {
    constexpr auto y = ct::exp(w) * ct::sin(w);
    constexpr auto marked = ct::recompute_grad(y);
    constexpr auto total = ct::reduce_sum(y * y);
    constexpr auto marked_total = ct::reduce_sum(marked * marked);
    const auto at = [](auto e) { return ct::evaluate(e, w = scales); };
    BOOST_TEST(distance(at(ct::jvp(y, w = 2_c)), at(ct::jvp(marked, w = 2_c))) < 1e-15);
    BOOST_TEST(distance(at(ct::jacobian(y, w)[w]), at(ct::jacobian(marked, w)[w])) < 1e-15);
    BOOST_TEST(distance(at(ct::jacobian(y, w, ct::mode = ct::reverse)[w]), at(ct::jacobian(marked, w, ct::mode = ct::reverse)[w])) < 1e-15);
    BOOST_TEST(distance(at(ct::hessian(total, w)[w][w]), at(ct::hessian(marked_total, w)[w][w])) < 1e-13);
    constexpr auto slope = ct::gradient(total, w)[w];
    constexpr auto marked_slope = ct::gradient(marked_total, w)[w];
    BOOST_TEST(distance(at(ct::gradient(ct::reduce_sum(slope * slope), w)[w]),
                        at(ct::gradient(ct::reduce_sum(marked_slope * marked_slope), w)[w])) < 1e-12);
    constexpr auto losses = ct::reduce_sum(ct::square(block(x)), ct::axis<1>);
    constexpr auto marked_losses = ct::reduce_sum(ct::square(again(x)), ct::axis<1>);
    BOOST_TEST(distance(value_of(ct::per_example_gradient(losses, w)[w]), value_of(ct::per_example_gradient(marked_losses, w)[w])) < 1e-15);
}

// 0 * (1 / 0): the zero is meant.
BOOST_AUTO_TEST_CASE(zeros_that_are_meant_stay_zero) {
    constexpr auto root = ct::sqrt(w);
    constexpr auto picked = ct::where(w > 0_c, ct::recompute_grad(root), 0_c);
    const auto slope = ct::evaluate(ct::gradient(ct::reduce_sum(ct::square(picked)), w)[w], w = std::array{0.0, -1.0, 4.0, 1.0});
    BOOST_TEST(slope.data()[0] == 0.0);
    BOOST_TEST(slope.data()[1] == 0.0);
    BOOST_TEST(slope.data()[2] == 1.0);
}

// Slices and joins within a block, and variables that are replaced in place while blocks still read them.
BOOST_AUTO_TEST_CASE(training_takes_the_same_steps) {
    constexpr auto mixed = [](auto h) {
        constexpr auto left = ct::slice(h, ct::begin<0, 0>, ct::size<-1, 2>);
        constexpr auto right = ct::slice(h, ct::begin<0, 2>, ct::size<-1, 2>);
        return ct::tanh(ct::matmul(ct::concat(ct::axis<1>, ct::sin(right) * left, ct::exp(-right)) * w, W));
    };
    constexpr auto marked = [mixed](auto h) { return ct::recompute_grad(mixed(h)); };
    ct::trainer plain{ct::minimize(loss_of(mixed), ct::adam(0.01_c)), W = weights, w = scales};
    ct::trainer lean{ct::minimize(loss_of(marked), ct::adam(0.01_c)), W = weights, w = scales};
    for (int step = 0; step < 20; ++step) BOOST_TEST(std::abs(plain(x = data) - lean(x = data)) < 1e-13);
    BOOST_TEST(distance(plain[W], lean[W]) < 1e-13);
    BOOST_TEST(distance(plain[w], lean[w]) < 1e-13);
}

BOOST_AUTO_TEST_SUITE_END()
